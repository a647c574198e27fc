import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Agent, fetch } from "undici";
import { expect } from "vitest";
import {
  type AuthleteClientOptions,
  createAuthleteClient,
} from "../../../src/server/authlete/http-client.ts";
import type { Authlete } from "../../../src/server/authlete/operations.ts";

export const TOKEN = "service-access-token-of-a-test";

/** What arrived at the server. */
export type Arrived = { method: string; url: string; headers: IncomingMessage["headers"]; body: string };

/** How the server answers the request of this number, the first being 0. */
export type Behaviour = (response: ServerResponse, number: number) => void;

export type Misbehaving = {
  baseUrl: string;
  client: Authlete;
  arrived: Arrived[];
  /** How long the client waited between its tries, in milliseconds. */
  waits: number[];
  close(): Promise<void>;
};

/** An HTTP server that answers as told, and a client for it whose waiting takes no time. */
export async function startMisbehaving(
  behaviour: Behaviour,
  options: Partial<AuthleteClientOptions> = {},
): Promise<Misbehaving> {
  const arrived: Arrived[] = [];
  const waits: number[] = [];
  const server = createServer(async (request, response) => {
    const number = arrived.length;
    const entry = {
      method: request.method ?? "",
      url: request.url ?? "",
      headers: request.headers,
      body: "",
    };
    arrived.push(entry);
    for await (const chunk of request) entry.body += chunk;
    behaviour(response, number);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const dispatcher = new Agent();
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = createAuthleteClient({
    baseUrl,
    serviceId: "715948317",
    token: TOKEN,
    timeoutMs: 5_000,
    fetch: (url, request) => fetch(url, { ...request, dispatcher }),
    sleep: async (ms) => void waits.push(ms),
    random: () => 0.5,
    ...options,
  });
  return {
    baseUrl,
    client,
    arrived,
    waits,
    async close() {
      await dispatcher.destroy();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

/** Answers JSON, the same every time. */
export function json(message: unknown, status = 200, headers: Record<string, string> = {}): Behaviour {
  return (response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(typeof message === "string" ? message : JSON.stringify(message));
  };
}

/** Answers one after the other; the last one from then on. */
export function inTurn(...behaviours: Behaviour[]): Behaviour {
  return (response, number) => (behaviours[number] ?? (behaviours.at(-1) as Behaviour))(response, number);
}

export const TICKET = "ticket-that-no-error-may-quote";
export const LEAK = "text-of-the-answer-that-no-error-may-quote";
export const issued = { action: "OK", resultCode: "A054001", responseContent: "{}", accessToken: "value" };
export const introspected = { action: "OK", resultCode: "A056001", usable: true };

/** A call that spends a ticket. */
export function issue({ client }: Misbehaving) {
  return client["auth/token/issue"]({ ticket: TICKET, subject: "alice" });
}

/** A call that may be repeated. */
export function introspect({ client }: Misbehaving) {
  return client["auth/introspection"]({ token: TICKET });
}

/** The error of a call, once it is certain that it quotes nothing secret. */
export async function failure(call: Promise<unknown>): Promise<Record<string, unknown>> {
  const error = await call.then(
    () => expect.fail("the call succeeded"),
    (reason: unknown) => reason as Error & Record<string, unknown>,
  );
  const { message, stack, cause, ...members } = error;
  const shown = JSON.stringify({ message, stack, cause, ...members });
  for (const secret of [TICKET, TOKEN, LEAK]) expect(shown).not.toContain(secret);
  return { code: error.code, message: error.message, ...members };
}
