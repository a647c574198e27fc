import { generateKeyPairSync, randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { addAccount } from "../../src/server/account/add-account.ts";
import { createAccountDirectory } from "../../src/server/account/argon2-directory.ts";
import type { AttemptLimit } from "../../src/server/account/attempt-limit.ts";
import type { Client } from "../../src/server/authlete/client.ts";
import type { GrantType } from "../../src/server/authlete/enumerations.ts";
import type { Service } from "../../src/server/authlete/service.ts";
import { createEngine } from "../../src/server/engine/engine.ts";
import type { EngineStore, EngineWriter } from "../../src/server/engine/ports.ts";
import type { FlowPorts } from "../../src/server/flow/ports.ts";
import type { Endpoint } from "../../src/server/http/endpoint.ts";
import { createIntrospectionEndpoint } from "../../src/server/http/introspection.ts";
import { createJwksEndpoint } from "../../src/server/http/jwks.ts";
import { createRevocationEndpoint } from "../../src/server/http/revocation.ts";
import { createTokenEndpoint } from "../../src/server/http/token.ts";
import { createKeyring } from "../../src/server/secret/keyring.ts";
import { openStore } from "../../src/server/store/open.ts";
import { offline } from "./offline.ts";

export const issuer = "https://gate.example";
export const user = { username: "alice", password: "correct horse battery" };

const SERVICE_ID = "1";
const grantTypes: GrantType[] = ["PASSWORD", "REFRESH_TOKEN", "CLIENT_CREDENTIALS"];
const secret = "kD1xA9qZ0bV7nC3mL5pS8tY2wR6uE4iO";

/** The registered clients, each different from `basic` in one way. */
export const clients = {
  basic: {
    clientId: 5001,
    clientSecret: secret,
    clientType: "CONFIDENTIAL",
    tokenAuthMethod: "CLIENT_SECRET_BASIC",
  },
  post: {
    clientId: 5002,
    clientSecret: secret,
    clientType: "CONFIDENTIAL",
    tokenAuthMethod: "CLIENT_SECRET_POST",
  },
  /** May use the password grant by its registration, and is not listed for it. */
  unlisted: {
    clientId: 5003,
    clientSecret: secret,
    clientType: "CONFIDENTIAL",
    tokenAuthMethod: "CLIENT_SECRET_BASIC",
  },
  public: { clientId: 5004, clientType: "PUBLIC", tokenAuthMethod: "NONE" },
  /** Its identifier and secret have the characters that Basic credentials can get wrong. */
  reserved: {
    clientId: 5005,
    clientIdAlias: "shop:50%+é &=1",
    clientIdAliasEnabled: true,
    clientSecret: "s:ecret 100%41 +пароль€&=;/?#",
    clientType: "CONFIDENTIAL",
    tokenAuthMethod: "CLIENT_SECRET_BASIC",
  },
  locked: {
    clientId: 5006,
    clientSecret: secret,
    clientType: "CONFIDENTIAL",
    tokenAuthMethod: "CLIENT_SECRET_BASIC",
    locked: true,
  },
} as const satisfies Record<string, Client>;

/** A request on its way: a test spoils one thing in it before it is sent. */
export type Call = {
  method: string;
  path: string;
  headers: Headers;
  parameters: URLSearchParams;
  /** Sent in place of `parameters`. */
  body?: string | Uint8Array<ArrayBuffer>;
};

export type Reply = { status: number; headers: Headers; text: string; json: Record<string, unknown> };

export type SpecServer = Awaited<ReturnType<typeof startSpecServer>>;

/**
 * The OAuth endpoints over HTTP, on the real engine, the real store (in memory) and the real account directory. The clock
 * stands still until a test moves it.
 *
 * @param options.attempts counts tries; without it there may be any number.
 */
export async function startSpecServer(options: { attempts?: AttemptLimit } = {}) {
  const time = { now: Date.UTC(2026, 0, 1) };
  const clock = () => time.now;
  const random = (bytes: number) => randomBytes(bytes);
  const keyring = createKeyring([secret], { purpose: "store", random });
  const store = await openStore({ file: ":memory:", clock, random, keyring });
  await store.upsertService(SERVICE_ID, service());
  for (const client of Object.values(clients)) {
    await store.upsertClient(SERVICE_ID, { clientName: "spec", grantTypes, ...client });
  }
  const subject = await addAccount({ accounts: store.accounts, clock: Date.now, random }, user);
  const counted = countIssued(store.engine);
  const engine = createEngine({ store: counted.store, clock, random, serviceId: SERVICE_ID, ...offline });
  const ports: FlowPorts = {
    ...store,
    authlete: engine,
    accounts: createAccountDirectory({ accounts: store.accounts }),
    registrations: { consume: async () => 0 },
    attempts: options.attempts ?? { consume: async () => 0, clear: async () => {} },
    notifyClient: async () => {},
    assertions: { verify: async () => undefined },
    keyring: createKeyring([secret], { purpose: "session", random }),
    clock,
    random,
    sendLogoutNotices: async () => {},
    log: { debug() {}, info() {}, warn() {}, error() {} },
    settings: {
      client: { id: "1001", secret, scopes: [] },
      production: true,
      origin: issuer,
      addressHeader: undefined,
      certificateHeader: undefined,
      registration: { access: "open", token: undefined },
      passwordGrantClients: new Set(
        [clients.basic, clients.post, clients.public].map(({ clientId }) => String(clientId)),
      ),
      backchannelClients: new Set(),
      session: { idleMs: 1, absoluteMs: 1, transactionMs: 1 },
      firstPartyClients: new Set(),
      interactionMs: 1,
    },
  };
  const http = await listen({
    "/oauth/token": createTokenEndpoint(ports),
    "/oauth/introspect": createIntrospectionEndpoint(ports),
    "/oauth/revoke": createRevocationEndpoint(ports),
    "/oauth/jwks": createJwksEndpoint(ports),
  });
  return {
    subject,
    engine,
    store,
    origin: http.origin,
    /** Moves the clock, in seconds. */
    wait(seconds: number) {
      time.now += seconds * 1000;
    },
    /** How many times the engine has stored an access token. */
    issued: counted.issued,
    changeService: (changes: Partial<Service>) =>
      store.upsertService(SERVICE_ID, { ...service(), ...changes }),
    send: (call: Call) => send(http.origin, call),
    async close() {
      await http.close();
      await store.close();
    },
  };
}

const signingKey = {
  ...generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ format: "jwk" }),
  kid: "spec-1",
  use: "sig",
  alg: "ES256",
};

/** The private members of the service's key, which nobody may see. */
export const privateMember = String(signingKey.d);

function service(): Service {
  return {
    issuer,
    clientIdAliasEnabled: true,
    supportedGrantTypes: grantTypes,
    supportedScopes: [{ name: "read" }, { name: "write" }, { name: "profile" }],
    accessTokenType: "Bearer",
    accessTokenDuration: 3600,
    refreshTokenDuration: 86_400,
    jwks: JSON.stringify({ keys: [signingKey] }),
  };
}

function countIssued(store: EngineStore): { store: EngineStore; issued: () => number } {
  let issued = 0;
  const counting = (transaction: EngineWriter): EngineWriter =>
    new Proxy(transaction, {
      get(target, name) {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== "function") return member;
        if (name === "insertToken" || name === "replaceToken") issued += 1;
        return member.bind(target);
      },
    });
  return {
    store: { read: store.read, write: (work) => store.write((transaction) => work(counting(transaction))) },
    issued: () => issued,
  };
}

async function listen(
  endpoints: Record<string, Endpoint>,
): Promise<{ origin: string; close: () => Promise<void> }> {
  const listener = getRequestListener(
    (request) => endpoints[new URL(request.url).pathname]?.(request) ?? new Response(null, { status: 404 }),
    { overrideGlobalObjects: false },
  );
  const server = createServer((request, response) => void listener(request, response));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

async function send(origin: string, call: Call): Promise<Reply> {
  const bodiless = call.method === "GET" || call.method === "HEAD";
  const response = await fetch(`${origin}${call.path}`, {
    method: call.method,
    headers: call.headers,
    redirect: "manual",
    ...(bodiless ? {} : { body: call.body ?? call.parameters.toString() }),
  });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json") && text !== "";
  return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : {} };
}
