import type { Client } from "../authlete/client.ts";
import { EngineRefusedCall } from "../authlete/error.ts";
import type { Authlete } from "../authlete/operations.ts";
import { addressRules } from "./address-rules.ts";
import { clientOptions, listed } from "./options.ts";
import { ClientRefusedError, changedClient, type GivenOptions, newClient, optionFor } from "./settings.ts";

/** What a verb gives: a client, several, or what happened to one. A secret is there only when it is new. */
export type Outcome =
  | { client: Client; secret?: string }
  | { clients: Client[] }
  | { done: string; id: string };

/** What a call asks for. `id` is a client's number or alias. */
export type Call = { id: string; given: GivenOptions };

type Verb = { takesId: boolean; run: (authlete: Authlete, call: Call) => Promise<Outcome> };

const PAGE = 100;
const ALIAS_TAKEN = "A123603";

/** What the command can do, each through the operations of the Authlete API: with the embedded engine and with the cloud alike. */
export const verbs = {
  add: {
    takesId: false,
    async run(authlete, { given }) {
      const { clientSecret, ...client } = await authlete["client/create"](newClient(given));
      return { client, ...(usesSecret(client) && clientSecret !== undefined && { secret: clientSecret }) };
    },
  },
  list: { takesId: false, run: async (authlete) => ({ clients: await allClients(authlete) }) },
  show: { takesId: true, run: async (authlete, { id }) => ({ client: await found(authlete, id) }) },
  update: {
    takesId: true,
    async run(authlete, { id, given }) {
      const before = await found(authlete, id);
      const changed = changedClient(before, given);
      const request = { ...changed, clientId: String(before.clientId ?? id) };
      return { client: withoutSecret(await authlete["client/update"](request)) };
    },
  },
  remove: {
    takesId: true,
    async run(authlete, { id }) {
      await authlete["client/delete"]({ clientId: id });
      return { done: "removed", id };
    },
  },
  secret: {
    takesId: true,
    async run(authlete, { id }) {
      const { newClientSecret } = await authlete["client/secret/refresh"]({ clientIdentifier: id });
      const client = await found(authlete, id);
      return { client, ...(newClientSecret !== undefined && { secret: newClientSecret }) };
    },
  },
  lock: {
    takesId: true,
    async run(authlete, { id }) {
      await authlete["client/lock_flag/update"]({ clientIdentifier: id, clientLocked: true });
      return { done: "locked", id };
    },
  },
  unlock: {
    takesId: true,
    async run(authlete, { id }) {
      await authlete["client/lock_flag/update"]({ clientIdentifier: id, clientLocked: false });
      return { done: "unlocked", id };
    },
  },
} as const satisfies Record<string, Verb>;

export type VerbName = keyof typeof verbs;

export function isVerb(word: string | undefined): word is VerbName {
  return word !== undefined && Object.hasOwn(verbs, word);
}

/**
 * Does what a call asks for.
 *
 * @throws ClientRefusedError naming the option or the client that is wrong.
 */
export async function runVerb(authlete: Authlete, verb: VerbName, call: Call): Promise<Outcome> {
  try {
    return await verbs[verb].run(authlete, call);
  } catch (error) {
    throw error instanceof EngineRefusedCall ? refused(error, call) : error;
  }
}

function refused({ status, resultCode, member }: EngineRefusedCall, { id, given }: Call): ClientRefusedError {
  if (status === 404) return new ClientRefusedError(`There is no client ${id}.`);
  const code = resultCode ?? status;
  if (resultCode === ALIAS_TAKEN) return new ClientRefusedError(`--alias: another client has it (${code}).`);
  if (member === undefined) return new ClientRefusedError(`The engine refuses this client (${code}).`);
  return new ClientRefusedError(`${optionFor(member)}: ${refusedValue(member, given, code)}.`);
}

/** Addresses are told, and why; other values may be secret, or long. */
function refusedValue(member: string, given: GivenOptions, code: string | number): string {
  const [name, option] = Object.entries(clientOptions).find(([, { member: its }]) => its === member) ?? [];
  const rule = addressRules[name ?? ""];
  const wrong = listed(given[name ?? ""] ?? []).filter((address) => rule && !rule.holds(address));
  if (rule && wrong.length > 0) {
    return `the engine refuses ${wrong.join(" and ")} (${code}): it has to be ${rule.words}`;
  }
  return `the engine refuses it (${code})${option ? `: ${option.help}` : ""}`;
}

async function allClients(authlete: Authlete): Promise<Client[]> {
  const clients: Client[] = [];
  for (let start = 0; ; start += PAGE) {
    const { clients: page = [], totalCount = 0 } = await authlete["client/get/list"]({
      start,
      end: start + PAGE,
    });
    clients.push(...page.map(withoutSecret));
    if (page.length === 0 || clients.length >= totalCount) return clients;
  }
}

async function found(authlete: Authlete, id: string): Promise<Client> {
  return withoutSecret(await authlete["client/get"]({ clientId: id }));
}

/** Whether the client proves who it is by a secret that somebody has to be told. */
function usesSecret({ clientType, tokenAuthMethod = "" }: Client): boolean {
  return clientType !== "PUBLIC" && tokenAuthMethod.startsWith("CLIENT_SECRET");
}

function withoutSecret({ clientSecret: _secret, ...client }: Client): Client {
  return client;
}
