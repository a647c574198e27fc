import type { Client } from "../../../src/server/authlete/client.ts";
import { EngineUnavailable } from "../../../src/server/authlete/error.ts";
import type { OperationName } from "../../../src/server/authlete/operations.ts";
import type { Service } from "../../../src/server/authlete/service.ts";
import type { PublicError } from "../../../src/server/flow/error.ts";
import { publicError } from "../../../src/server/trpc/public-error.ts";
import {
  backend,
  clientCredentialsToken,
  type Gate,
  procedureRequest,
  type Reply,
  readReply,
  secretOf,
} from "../../support/gate.ts";

/** What a call came to, whoever made it. */
export type Outcome = { data: Record<string, unknown> | undefined; error: PublicError | undefined };

/** One who can get a ticket and turn it into tokens. */
export type Actor = {
  subject: string;
  /** A fresh ticket; of a browser the handle for one. */
  ticket(): Promise<string>;
  issue(ticket: string, changes?: Record<string, unknown>): Promise<Outcome>;
};

export const actorKinds = ["browser", "backend", "server"] as const;
export type ActorKind = (typeof actorKinds)[number];

/** The refusal that a call in process ends with. */
export async function refusalOf(work: Promise<unknown>): Promise<PublicError> {
  return work.then(
    () => {
      throw new Error("the call was not refused");
    },
    (error: unknown) => publicError(error),
  );
}

/** The outcome of a call in process. */
export async function outcomeOf(work: Promise<unknown>): Promise<Outcome> {
  return work.then(
    (data) => ({ data: data as Record<string, unknown>, error: undefined }),
    (error: unknown) => ({ data: undefined, error: publicError(error) }),
  );
}

/** The token request of the password grant, with the credentials of the back end. */
export const passwordRequest = (scope = "profile") => ({
  parameters: new URLSearchParams({ grant_type: "password", username: "u", password: "p", scope }).toString(),
  clientId: backend.id,
  clientSecret: backend.secret,
});

/** A new actor of a kind, at its own browser or with its own access token. */
export async function openActor(gate: Gate, kind: ActorKind): Promise<Actor> {
  if (kind === "browser") return browserActor(gate);
  return kind === "backend" ? backendActor(gate) : serverActor(gate);
}

async function browserActor(gate: Gate): Promise<Actor> {
  const browser = gate.browser();
  const subject = await gate.subject();
  return {
    subject,
    ticket: async () => (await browser.login()).data?.handle ?? "",
    issue: (ticket, changes = {}) =>
      browser.call<Record<string, unknown>>("token.issue", { ticket, subject, ...changes }),
  };
}

async function backendActor(gate: Gate): Promise<Actor> {
  const caller = await gate.backend();
  const subject = "usr_backend";
  return {
    subject,
    ticket: () => caller.ticket(),
    issue: (ticket, changes = {}) =>
      caller.call<Record<string, unknown>>("token.issue", { ticket, subject, ...changes }),
  };
}

async function serverActor(gate: Gate): Promise<Actor> {
  const caller = gate.server();
  const subject = "usr_server";
  return {
    subject,
    async ticket() {
      const answer = await caller.token.request(passwordRequest());
      return answer.action === "PASSWORD" ? answer.ticket : "";
    },
    issue: (ticket, changes = {}) => outcomeOf(caller.token.issue({ ticket, subject, ...changes })),
  };
}

/** Registers one more back end at the engine, like the first but for `changes`, and gives it an access token. */
export async function addBackend(gate: Gate, id: string, changes: Partial<Client> = {}) {
  const model = await findClient(gate, backend.id);
  const secret = secretOf("other");
  await saveClient(gate, {
    ...model,
    clientId: Number(id),
    number: Number(id),
    clientSecret: secret,
    ...changes,
  });
  const token = await clientCredentialsToken(gate.services, { id, secret });
  const headers = { authorization: `Bearer ${token}`, origin: null, "sec-fetch-site": null };
  const call = async (name: string, input: unknown): Promise<Reply<Record<string, unknown>>> =>
    readReply(await gate.trpc(procedureRequest(name, input, { headers })));
  return {
    id,
    secret,
    call,
    issue: (input: Record<string, unknown>) => call("token.issue", input),
    async ticket(): Promise<string> {
      const request = { ...passwordRequest(), clientId: id, clientSecret: secret };
      return String((await call("token.request", request)).data?.ticket);
    },
  };
}

/** The embedded engine's number of its one service. */
export const SERVICE_ID = "1";

export async function findClient({ services }: Gate, id: string): Promise<Client> {
  const client = await services.store.findClient(SERVICE_ID, id);
  if (!client) throw new Error(`no client ${id}`);
  return client;
}

export async function saveClient({ services }: Gate, client: Client): Promise<void> {
  await services.store.upsertClient(SERVICE_ID, client);
}

/** Changes settings of the engine's service. */
export async function setService({ services }: Gate, change: Partial<Service>): Promise<void> {
  const service = await services.store.findService(SERVICE_ID);
  await services.store.upsertService(SERVICE_ID, { ...service, ...change });
}

/** The ways in which the engine can fail a call: before it is sent, after it, and by an answer. */
export const engineFailures = {
  "cannot be reached": async () => {
    throw new EngineUnavailable("test", "no connection", { outcomeUnknown: false });
  },
  "did it and its answer is lost": async (send: () => Promise<unknown>) => {
    await send();
    throw new EngineUnavailable("test", "no answer in time", { outcomeUnknown: true });
  },
  "answers with an action nobody knows": async () => ({
    action: "UNKNOWN_ACTION",
    receivedAction: "SURPRISE",
    resultCode: "A999999",
  }),
  "says that it failed": async () => ({ action: "INTERNAL_SERVER_ERROR", resultCode: "A000000" }),
} as const satisfies Record<string, (send: () => Promise<unknown>) => Promise<unknown>>;

export type EngineFailure = keyof typeof engineFailures;
export const engineFailureNames = Object.keys(engineFailures) as EngineFailure[];

/** From now on one operation fails in one way; the others work. */
export function failEngine(gate: Gate, operation: OperationName, failure: EngineFailure): void {
  gate.intercept((call, send) => (call.operation === operation ? engineFailures[failure](send) : send()));
}

/** The engine works again. */
export function repairEngine(gate: Gate): void {
  gate.intercept((_, send) => send());
}
