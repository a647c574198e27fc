import type { Answer, Sent } from "./exchange.ts";
import { person } from "./ticketgate.ts";

/** What an answer has to be: status and, as far as they are named, headers and members of the body. */
export type Expected = { status: number; headers?: Record<string, unknown>; body?: unknown };
export type Case = readonly [title: string, sent: Sent, expected: Expected, prepare?: Prepare];

/** Sends a request to the server that a case is for. */
export type Ask = (sent: Sent) => Promise<Answer>;

/** Makes what a request needs at the server that it goes to; gives the texts for the names in braces in it. */
export type Prepare = (ask: Ask) => Promise<Record<string, string>>;

/** What every server of a run is started with, so that one request is good at each. */
export const settings = {
  TICKETGATE_SERVICE_ID: "1001",
  TICKETGATE_REGISTRATION: "open",
  TICKETGATE_CLIENT_SECRET: "client-secret-of-the-endpoint-suite",
  TICKETGATE_ENGINE_TOKEN: "engine-token-of-the-endpoint-suite-",
  TICKETGATE_BACKEND_CLIENT_SECRET: "backend-secret-of-the-endpoint-suite",
} as const;

export const backend = { id: "2001", secret: settings.TICKETGATE_BACKEND_CLIENT_SECRET } as const;

/** Stand in headers for what differs from server to server: its origin, and an access token of the back end there. */
export const ORIGIN = "http://origin.placeholder";
export const TOKEN = "access-token-placeholder";

/** A password grant of the back end, of which the engine makes a ticket. */
export const grant = {
  parameters: "grant_type=password&username=u&password=p",
  clientId: backend.id,
  clientSecret: backend.secret,
};
export const login = { username: person.username, password: person.password };

export const basic = { authorization: `Basic ${btoa(`${backend.id}:${backend.secret}`)}` };
export const form = { "content-type": "application/x-www-form-urlencoded" };
export const page = {
  "content-type": "application/json",
  "x-ticketgate": "1",
  origin: ORIGIN,
  "sec-fetch-site": "same-origin",
};
export const caller = {
  "content-type": "application/json",
  "x-ticketgate": "1",
  authorization: `Bearer ${TOKEN}`,
};
export const api = {
  "content-type": "application/json",
  authorization: `Bearer ${settings.TICKETGATE_ENGINE_TOKEN}`,
};

export const get = (path: string, headers: Record<string, string> = {}): Sent => ({
  method: "GET",
  path,
  headers,
});
export const post = (path: string, headers: Record<string, string>, body: string): Sent => ({
  method: "POST",
  path,
  headers,
  body,
});

/** A form request of a client application. */
export const oauth = (name: string, body: string, headers: Record<string, string> = { ...form, ...basic }) =>
  post(`/oauth/${name}`, headers, body);

/** A call of a procedure. */
export const procedure = (name: string, input: unknown, headers: Record<string, string> = page) =>
  post(`/api/trpc/${name}`, headers, JSON.stringify({ json: input }));

/** A call of the engine's Web API. */
export const operation = (name: string, message: unknown, headers: Record<string, string> = api) =>
  post(`/api/1001/${name}`, headers, JSON.stringify(message));

export const oauthJson = { "content-type": "application/json;charset=UTF-8", "cache-control": "no-store" };
export const trpcJson = {
  "content-type": "application/json",
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
};
export const apiJson = { "content-type": "application/json;charset=utf-8", "cache-control": "no-store" };

export const oauthRefusal = (status: number, error: string, headers = {}): Expected => ({
  status,
  headers: { ...oauthJson, ...headers },
  body: { error },
});
export const trpcRefusal = (status: number, code: string, headers = {}): Expected => ({
  status,
  headers: { ...trpcJson, ...headers },
  body: { error: { json: { data: { code, status } } } },
});
export const apiRefusal = (status: number, resultCode: string, headers = {}): Expected => ({
  status,
  headers: { ...apiJson, ...headers },
  body: { resultCode },
});
