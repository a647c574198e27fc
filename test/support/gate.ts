import { randomBytes } from "node:crypto";
import superjson from "superjson";
import { type Authlete, type OperationName, operations } from "../../src/server/authlete/operations.ts";
import { type Config, readConfig } from "../../src/server/config.ts";
import type { PublicError } from "../../src/server/flow/error.ts";
import type { Endpoint } from "../../src/server/http/endpoint.ts";
import { createTokenEndpoint } from "../../src/server/http/token.ts";
import { createTrpcEndpoint } from "../../src/server/http/trpc.ts";
import { createLog } from "../../src/server/log.ts";
import { type Overrides, openServices, type Services } from "../../src/server/services.ts";
import { browserContext, serverContext } from "../../src/server/trpc/context.ts";
import { createCaller } from "../../src/server/trpc/router.ts";
import { testClock } from "./engine.ts";

export const ORIGIN = "https://gate.example";
export const secretOf = (name: string) => `${name}-${"0123456789abcdef".repeat(2)}`;
export const backend = { id: "2001", secret: secretOf("backend") };
export const demo = { username: "alice", name: "Alice Example", password: "correct horse battery" };

/** A call of the engine that was made, and how it may be answered in place of the engine. */
export type EngineCall = { operation: OperationName; request: Record<string, unknown> };

/** Looks at, delays or replaces a call of the engine; `send` passes it on. */
export type Intercept = (call: EngineCall, send: () => Promise<unknown>) => Promise<unknown>;

/** An answer of a procedure over HTTP. */
export type Reply<Data = unknown> = {
  status: number;
  headers: Headers;
  text: string;
  data: Data | undefined;
  error: PublicError | undefined;
};

/** Changes of a request that would be accepted as it is: a header with `null` is left out. */
export type Spoil = {
  headers?: Record<string, string | null>;
  method?: string;
  body?: string;
  query?: string;
};

export type Gate = Awaited<ReturnType<typeof openGate>>;
export type Browser = ReturnType<typeof createBrowser>;

/**
 * Ticketgate whole, except the sockets: real engine, store in memory (or where `DATABASE_URL` says), accounts and procedures, with a clock
 * that a test moves and eyes on every call of the engine and every line of the log.
 */
export async function openGate(
  options: { env?: Record<string, string>; overrides?: Overrides; origin?: string } = {},
) {
  const clock = testClock();
  const lines: string[] = [];
  const calls: EngineCall[] = [];
  const config = gateConfig({ TICKETGATE_ORIGIN: options.origin ?? ORIGIN, ...options.env });
  const opened = await openServices(config, {
    ...(config.databaseUrl === undefined ? { database: ":memory:" } : {}),
    demoUser: demo,
    clock,
    log: createLog({ level: "debug", clock, write: (line) => lines.push(line) }),
    attempts: { consume: async () => 0, clear: async () => {} },
    ...options.overrides,
  });
  const state: { intercept: Intercept } = { intercept: (_, send) => send() };
  const authlete = observed(opened.authlete, calls, (call, send) => state.intercept(call, send));
  const services: Services = { ...opened, authlete };
  const trpc = createTrpcEndpoint(services);
  return {
    services,
    clock,
    trpc,
    /** Every line of the log so far. */
    lines,
    /** Every call of the engine so far. */
    calls,
    callsOf: (operation: OperationName) => calls.filter((call) => call.operation === operation),
    /** From now on decides about the calls of the engine. */
    intercept(intercept: Intercept) {
      state.intercept = intercept;
    },
    /** Code of this process. */
    server: () => createCaller(serverContext(services)),
    /** A browser without cookies. */
    browser: () => createBrowser(services, trpc),
    /** A back end that has an access token with the scope `token:issue`. */
    backend: () => signInBackend(services, trpc),
    subject: async () => (await services.store.accounts.findByUsername(demo.username))?.subject ?? "",
    close: () => opened.close(),
  };
}

/** A complete configuration, with changes. */
export function gateConfig(changes: Record<string, string> = {}): Config {
  return readConfig({
    NODE_ENV: "test",
    TICKETGATE_SEALING_KEYS: secretOf("sealing"),
    TICKETGATE_CLIENT_SECRET: secretOf("client"),
    TICKETGATE_ENGINE_TOKEN: secretOf("engine"),
    TICKETGATE_BACKEND_CLIENT_ID: backend.id,
    TICKETGATE_BACKEND_CLIENT_SECRET: backend.secret,
    ...changes,
  });
}

function observed(authlete: Authlete, calls: EngineCall[], intercept: Intercept): Authlete {
  const observedOperation = (operation: OperationName) => (request: Record<string, unknown>) => {
    const call = { operation, request };
    calls.push(call);
    return intercept(call, () => authlete[operation](request as never));
  };
  const names = Object.keys(operations) as OperationName[];
  return Object.fromEntries(names.map((name) => [name, observedOperation(name)])) as unknown as Authlete;
}

/** The request of our own client or page for one procedure; a test spoils one thing in it. */
export function procedureRequest(
  name: string,
  input: unknown,
  { headers = {}, method = "POST", body, query = "" }: Spoil = {},
): Request {
  const sent = new Headers({
    "content-type": "application/json",
    "x-ticketgate": "1",
    origin: ORIGIN,
    "sec-fetch-site": "same-origin",
  });
  for (const [header, value] of Object.entries(headers)) {
    if (value === null) sent.delete(header);
    else sent.set(header, value);
  }
  const hasBody = method !== "GET" && method !== "HEAD";
  return new Request(`${ORIGIN}/api/trpc/${name}${query}`, {
    method,
    headers: sent,
    ...(hasBody ? { body: body ?? JSON.stringify(superjson.serialize(input)) } : {}),
  });
}

/** The `input` of a query in the form of tRPC. */
export function queryOf(input: unknown): string {
  return `?input=${encodeURIComponent(JSON.stringify(superjson.serialize(input)))}`;
}

/** Reads an answer of the tRPC endpoint. */
export async function readReply<Data = unknown>(response: Response): Promise<Reply<Data>> {
  const text = await response.text();
  const json = parsed(text) as
    | { result?: { data: never }; error?: { json: { data: PublicError } } }
    | undefined;
  return {
    status: response.status,
    headers: response.headers,
    text,
    data: json?.result ? superjson.deserialize<Data>(json.result.data) : undefined,
    error: json?.error?.json.data,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A browser: it keeps cookies as browsers do and sends the headers that our pages send. */
export function createBrowser(services: Services, trpc: Endpoint) {
  const cookies = new Map<string, string>();
  const header = () => [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const keep = (response: Response) => {
    for (const line of response.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      const at = pair.indexOf("=");
      if (/max-age=0/i.test(line)) cookies.delete(pair.slice(0, at));
      else cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
  };
  async function call<Data = unknown>(
    name: string,
    input?: unknown,
    spoil: Spoil = {},
  ): Promise<Reply<Data>> {
    const cookie: Record<string, string> = cookies.size > 0 ? { cookie: header() } : {};
    const request = procedureRequest(name, input, { ...spoil, headers: { ...cookie, ...spoil.headers } });
    const response = await trpc(request);
    keep(response);
    return readReply<Data>(response);
  }
  return {
    cookies,
    call,
    /** Sends the password, as the login page does. */
    login: (username = demo.username, password = demo.password) =>
      call<{ handle: string; subject: string; next: "issue" | "second-factor" }>("login.password", {
        username,
        password,
      }),
    /** Both steps of a sign-in. */
    async signIn(username = demo.username, password = demo.password) {
      const begun = await this.login(username, password);
      return call("token.issue", { ticket: begun.data?.handle, subject: begun.data?.subject });
    },
    current: () => call<{ signedIn: boolean }>("session.current", undefined, { method: "GET" }),
    signOut: () => call("session.signOut"),
    /** The in-process caller with the cookies of this browser, as pages and server actions use it. */
    inProcess() {
      const jar = {
        get: (name: string) => cookies.get(name),
        set: (name: string, value: string) => void cookies.set(name, value),
        clear: (name: string) => void cookies.delete(name),
      };
      return createCaller(browserContext(services, { cookies: jar }));
    },
  };
}

/** The access token of a client, by client credentials at the token endpoint. */
export async function clientCredentialsToken(
  services: Services,
  { id, secret, scope = "token:issue" }: { id: string; secret: string; scope?: string },
): Promise<string> {
  const response = await createTokenEndpoint(services)(
    new Request(`${ORIGIN}/oauth/token`, {
      method: "POST",
      headers: {
        authorization: `Basic ${btoa(`${id}:${secret}`)}`,
        "content-type": "application/x-www-form-urlencoded",
      },
      body: new URLSearchParams({ grant_type: "client_credentials", scope }).toString(),
    }),
  );
  const { access_token: token } = (await response.json()) as { access_token?: string };
  if (token === undefined) throw new Error(`no access token: ${response.status}`);
  return token;
}

/** A back end with an access token of its own. */
export async function signInBackend(services: Services, trpc: Endpoint) {
  const token = await clientCredentialsToken(services, backend);
  async function call<Data = unknown>(name: string, input: unknown, spoil: Spoil = {}): Promise<Reply<Data>> {
    const headers = {
      authorization: `Bearer ${token}`,
      origin: null,
      "sec-fetch-site": null,
      ...spoil.headers,
    };
    return readReply<Data>(await trpc(procedureRequest(name, input, { ...spoil, headers })));
  }
  return {
    token,
    call,
    /** `token.request` for a ticket of the password grant. */
    async ticket(scope = "profile"): Promise<string> {
      const parameters = new URLSearchParams({ grant_type: "password", username: "u", password: "p", scope });
      const { data } = await call<{ ticket: string }>("token.request", {
        parameters: parameters.toString(),
        clientId: backend.id,
        clientSecret: backend.secret,
      });
      return data?.ticket ?? "";
    },
  };
}

/** A fresh value of 256 bits, such as a caller may choose for an access token. */
export const freshValue = () => randomBytes(32).toString("base64url");
