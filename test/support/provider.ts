import { createHash, randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { addAccount } from "../../src/server/account/add-account.ts";
import { demoAccount } from "../../src/server/account/demo-account.ts";
import type { Client } from "../../src/server/authlete/client.ts";
import type { Service } from "../../src/server/authlete/service.ts";
import { createRouter } from "../../src/server/http/router.ts";
import { endpointTable } from "../../src/server/http/table.ts";
import { createLog } from "../../src/server/log.ts";
import { type Overrides, openServices } from "../../src/server/services.ts";
import { gateConfig, secretOf } from "./gate.ts";

const SERVICE_ID = "1";

/** The person whose claims everybody asks for. */
export const person = { username: "alice", name: "Alice Example", password: "correct horse battery" };

/** A client that may do everything; each test changes what it is about. */
export const webApp = {
  clientId: 7001,
  clientSecret: secretOf("web-app"),
  clientName: "Web app",
  clientType: "CONFIDENTIAL",
  tokenAuthMethod: "CLIENT_SECRET_BASIC",
  grantTypes: ["AUTHORIZATION_CODE", "REFRESH_TOKEN", "CLIENT_CREDENTIALS", "DEVICE_CODE", "CIBA"],
  responseTypes: ["CODE"],
  redirectUris: ["https://app.example/callback"],
} as const satisfies Client;

export type Provider = Awaited<ReturnType<typeof startProvider>>;

/** A request at the provider; `form` and `json` are bodies with their content types. */
export type ProviderCall = {
  method?: string;
  headers?: Record<string, string>;
  form?: Record<string, string>;
  json?: unknown;
};

export type ProviderReply = {
  status: number;
  headers: Headers;
  text: string;
  json: Record<string, unknown>;
};

/**
 * The whole endpoint table over HTTP, at the address that the issuer says, on the seeded service: what a relying party meets. One person has
 * an account with all standard claims, and one client is registered.
 *
 * @param options.env changes of the configuration.
 */
export async function startProvider(options: { env?: Record<string, string>; overrides?: Overrides } = {}) {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const time = { ahead: 0 };
  const clock = options.overrides?.clock ?? (() => Date.now() + time.ahead);
  const lines: string[] = [];
  const config = gateConfig({ TICKETGATE_ORIGIN: origin, ...options.env });
  const services = await openServices(config, {
    database: ":memory:",
    log: createLog({ level: "debug", clock, write: (line) => lines.push(line) }),
    ...options.overrides,
    clock,
  });
  const { store } = services;
  const random = (bytes: number) => randomBytes(bytes);
  const subject = await addAccount(
    { accounts: store.accounts, random, clock },
    { ...person, ...demoAccount },
  );
  await store.upsertClient(SERVICE_ID, webApp);
  const find = createRouter(endpointTable(services));
  const listener = getRequestListener(
    (request) =>
      find(new URL(request.url).pathname)?.endpoint(request) ?? new Response(null, { status: 404 }),
    { overrideGlobalObjects: false },
  );
  server.on("request", (request, response) => void listener(request, response));
  return {
    origin,
    subject,
    services,
    authlete: services.authlete,
    /** Every line of the log so far. */
    lines,
    wait(seconds: number) {
      time.ahead += seconds * 1000;
    },
    setClient: (client: Partial<Client>) => store.upsertClient(SERVICE_ID, { ...webApp, ...client }),
    async setService(change: Partial<Service>) {
      await store.upsertService(SERVICE_ID, { ...(await store.findService(SERVICE_ID)), ...change });
    },
    ask: (path: string, call: ProviderCall = {}) => ask(origin + path, call),
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await services.close();
    },
  };
}

async function ask(url: string, { method, headers, form, json }: ProviderCall): Promise<ProviderReply> {
  const body = form ? new URLSearchParams(form).toString() : json === undefined ? undefined : textOf(json);
  const type = form ? "application/x-www-form-urlencoded" : "application/json";
  const response = await fetch(url, {
    method: method ?? (body === undefined ? "GET" : "POST"),
    redirect: "manual",
    headers: { ...(body === undefined ? {} : { "content-type": type }), ...headers },
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.startsWith("application/json") && text !== "";
  return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : {} };
}

function textOf(json: unknown): string {
  return typeof json === "string" ? json : JSON.stringify(json);
}

/** Basic credentials of a client whose identifier and secret need no encoding. */
export function basicOf({ clientId, clientSecret }: { clientId: number; clientSecret: string }) {
  return { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` };
}

const VERIFIER = "a-verifier-that-is-long-enough-for-the-specification";

/** What a decision about an authorization request adds or changes. */
export type Decision = Record<string, unknown>;

/** An authorization code that the person gave a client: the engine is asked directly, as the authorization endpoint does. */
export async function authorizationCode(
  provider: Provider,
  parameters: Record<string, string> = {},
  decision: Decision = {},
): Promise<{ code: string; verifier: string }> {
  const request = new URLSearchParams({
    client_id: String(webApp.clientId),
    response_type: "code",
    redirect_uri: webApp.redirectUris[0],
    scope: "openid profile email address phone",
    code_challenge: createHash("sha256").update(VERIFIER).digest("base64url"),
    code_challenge_method: "S256",
    nonce: "n-1",
    ...parameters,
  });
  const begun = await provider.authlete["auth/authorization"]({ parameters: request.toString() });
  if (begun.action !== "INTERACTION") throw new Error(`no interaction: ${JSON.stringify(begun)}`);
  const issued = await provider.authlete["auth/authorization/issue"]({
    ticket: begun.ticket,
    subject: provider.subject,
    authTime: Math.floor(provider.services.clock() / 1000),
    ...decision,
  });
  if (issued.action !== "LOCATION") throw new Error(`not issued: ${issued.action}`);
  const code = new URL(issued.responseContent).searchParams.get("code");
  if (code === null) throw new Error(`no code: ${issued.responseContent}`);
  return { code, verifier: VERIFIER };
}

/** The answer of the token endpoint to a code of `authorizationCode`. */
export async function tokensOf(
  provider: Provider,
  parameters: Record<string, string> = {},
  options: { decision?: Decision; headers?: Record<string, string> } = {},
): Promise<ProviderReply> {
  const { code, verifier } = await authorizationCode(provider, parameters, options.decision);
  return provider.ask("/oauth/token", {
    headers: { ...basicOf(webApp), ...options.headers },
    form: {
      grant_type: "authorization_code",
      code,
      redirect_uri: webApp.redirectUris[0],
      code_verifier: verifier,
    },
  });
}

/** The access token of such an answer. */
export async function accessTokenOf(
  provider: Provider,
  parameters: Record<string, string> = {},
  decision: Decision = {},
): Promise<string> {
  const { json, text } = await tokensOf(provider, parameters, { decision });
  if (typeof json.access_token !== "string") throw new Error(`no access token: ${text}`);
  return json.access_token;
}
