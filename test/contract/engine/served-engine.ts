import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { Agent, fetch } from "undici";
import { expect } from "vitest";
import { createAuthleteClient } from "../../../src/server/authlete/http-client.ts";
import type { Authlete } from "../../../src/server/authlete/operations.ts";
import type { Engine } from "../../../src/server/engine/engine.ts";
import { createWebApi } from "../../../src/server/engine/http.ts";
import { basic, clients, form, openTestEngine, SERVICE_ID, type TestEngine } from "../../support/engine.ts";

export const ACCESS_TOKEN = "access-token-of-the-embedded-engine";

/** An engine and one way to reach it. */
export type ReachedEngine = TestEngine & { authlete: Authlete };

export type OpenEngine = (options?: Parameters<typeof openTestEngine>[0]) => Promise<ReachedEngine>;

/** The engine itself. */
export async function openInProcess(options?: Parameters<typeof openTestEngine>[0]): Promise<ReachedEngine> {
  const engine = await openTestEngine(options);
  return { ...engine, authlete: engine.engine };
}

/** The client of the cloud, pointed at the engine's Web API on a real HTTP server. */
export async function openOverHttp(options?: Parameters<typeof openTestEngine>[0]): Promise<ReachedEngine> {
  const engine = await openTestEngine(options);
  const web = await serveWebApi(engine.engine);
  const dispatcher = new Agent();
  const client = createAuthleteClient({
    baseUrl: web.baseUrl,
    serviceId: SERVICE_ID,
    token: ACCESS_TOKEN,
    timeoutMs: 30_000,
    fetch: (url, request) => fetch(url, { ...request, dispatcher }),
    sleep: async () => {},
  });
  return {
    ...engine,
    authlete: client,
    async close() {
      await dispatcher.destroy();
      await web.close();
      await engine.close();
    },
  };
}

type Credentials = { id: string; secret: string };

/** A token request of a client with Basic credentials. */
export function tokenRequest(
  { authlete }: { authlete: Authlete },
  parameters: Record<string, string>,
  client: Credentials = clients.firstParty,
) {
  return authlete["auth/token"]({ parameters: form(parameters), ...basic(client) });
}

export const signIn = {
  grant_type: "password",
  username: "alice",
  password: "wonderland",
  scope: "openid profile",
} as const;

/** A fresh ticket of the password grant. */
export async function ticketOf(engine: { authlete: Authlete }, client?: Credentials): Promise<string> {
  const answer = await tokenRequest(engine, signIn, client);
  if (answer.action !== "PASSWORD") return expect.fail(`no ticket: ${answer.resultMessage}`);
  return answer.ticket;
}

/** Tokens of the password grant for alice. */
export async function issuedFor(
  engine: { authlete: Authlete },
  members: Record<string, unknown> = {},
  client?: Credentials,
) {
  const ticket = await ticketOf(engine, client);
  const answer = await engine.authlete["auth/token/issue"]({ ticket, subject: "alice", ...members });
  if (answer.action !== "OK") return expect.fail(`nothing issued: ${answer.resultMessage}`);
  return answer;
}

/** The OAuth error code in the body of an answer (RFC 6749 section 5.2). */
export function errorOf(answer: object): unknown {
  return JSON.parse(String("responseContent" in answer && answer.responseContent)).error;
}

/** The Web API of an engine on a port of its own. */
export async function serveWebApi(
  engine: Engine,
): Promise<{ baseUrl: string; reported: unknown[]; close: () => Promise<void> }> {
  const reported: unknown[] = [];
  const endpoint = createWebApi({
    engine,
    serviceId: SERVICE_ID,
    token: ACCESS_TOKEN,
    report: (error) => void reported.push(error),
  });
  const server = createServer(getRequestListener(endpoint, { overrideGlobalObjects: false }));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    reported,
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
