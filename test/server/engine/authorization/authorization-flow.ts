import { expect } from "vitest";
import type { Client } from "../../../../src/server/authlete/client.ts";
import type { Request, Response } from "../../../../src/server/authlete/operations.ts";
import type { Service } from "../../../../src/server/authlete/service.ts";
import type { StorePlace } from "../../../../src/server/store/open.ts";
import { ISSUER, jwtParts, openTestEngine, type TestEngine } from "../../../support/engine.ts";

export { ISSUER, jwtParts, type TestEngine };

/** A web client with one redirection URI, and an application without a secret. */
export const site = {
  id: "3001",
  secret: "a client secret that is long enough for HS512: 0123456789 0123456789 0123",
};
export const phone = { id: "3002" };

export const REDIRECT_URI = "https://client.example/callback?kept=1";
export const PHONE_URI = "com.example.phone:/callback";

export const allResponseTypes: Service["supportedResponseTypes"] = [
  "NONE",
  "CODE",
  "TOKEN",
  "ID_TOKEN",
  "CODE_TOKEN",
  "CODE_ID_TOKEN",
  "ID_TOKEN_TOKEN",
  "CODE_ID_TOKEN_TOKEN",
];

const service: Partial<Service> = {
  supportedResponseTypes: allResponseTypes,
  supportedGrantTypes: ["AUTHORIZATION_CODE", "IMPLICIT", "REFRESH_TOKEN"],
  pkceRequired: false,
  pkceS256Required: false,
};

const siteClient: Client = {
  clientId: Number(site.id),
  clientName: "Site",
  clientSecret: site.secret,
  clientType: "CONFIDENTIAL",
  applicationType: "WEB",
  tokenAuthMethod: "CLIENT_SECRET_BASIC",
  redirectUris: [REDIRECT_URI],
  responseTypes: allResponseTypes,
};

const phoneClient: Client = {
  clientId: Number(phone.id),
  clientType: "PUBLIC",
  applicationType: "NATIVE",
  tokenAuthMethod: "NONE",
  redirectUris: [PHONE_URI],
};

/** An engine whose service supports all response types, with the two clients. */
export async function openAuthorizationEngine(
  change: Partial<Service> = {},
  options: { at?: StorePlace } = {},
): Promise<TestEngine> {
  const test = await openTestEngine({ ...options, service: { ...service, ...change } });
  await test.setClient(site.id, siteClient);
  await test.setClient(phone.id, phoneClient);
  return test;
}

export type Parameters = Record<string, string | readonly string[] | undefined>;

const valid: Parameters = {
  response_type: "code",
  client_id: site.id,
  redirect_uri: REDIRECT_URI,
  scope: "openid email",
  state: "the state",
  nonce: "the nonce",
};

/** The query of a request that is good, with changes: `undefined` leaves a parameter out. */
export function query(change: Parameters = {}): string {
  return queryOf({ ...valid, ...change });
}

/** Exactly these parameters. */
export function queryOf(parameters: Parameters): string {
  const search = new URLSearchParams();
  for (const [name, values] of Object.entries(parameters)) {
    for (const value of values === undefined ? [] : [values].flat()) search.append(name, value);
  }
  return search.toString();
}

/** The answer to a good request with changes. */
export function ask(test: TestEngine, change: Parameters = {}): Promise<Response<"auth/authorization">> {
  return test.engine["auth/authorization"]({ parameters: query(change) });
}

type Waiting = Extract<Response<"auth/authorization">, { action: "INTERACTION" | "NO_INTERACTION" }>;

/** Narrows an answer to one with a ticket, and fails when it is another. */
export function waiting(answer: Response<"auth/authorization">): Waiting {
  if (answer.action === "INTERACTION" || answer.action === "NO_INTERACTION") return answer;
  throw new Error(`no ticket: ${JSON.stringify(answer)}`);
}

/** The ticket of a good request with changes. */
export async function ticketFor(test: TestEngine, change: Parameters = {}): Promise<string> {
  return waiting(await ask(test, change)).ticket;
}

/** The answer to `issue` for Alice. */
export function issue(
  test: TestEngine,
  ticket: string,
  call: Partial<Request<"auth/authorization/issue">> = {},
): Promise<Response<"auth/authorization/issue">> {
  return test.engine["auth/authorization/issue"]({ ticket, subject: "alice", ...call });
}

/** The answer to `issue` for a good request with changes. */
export async function issueFor(
  test: TestEngine,
  change: Parameters = {},
  call: Partial<Request<"auth/authorization/issue">> = {},
) {
  return issue(test, await ticketFor(test, change), call);
}

/** Where a redirect leads, and the parameters it carries, by place. */
export function redirect(answer: object): {
  to: string;
  place: "query" | "fragment";
  parameters: Record<string, string>;
} {
  const { action, responseContent } = answer as { action: string; responseContent: string };
  if (action !== "LOCATION") throw new Error(`no redirect: ${JSON.stringify(answer)}`);
  const [address = "", fragment] = responseContent.split("#");
  if (fragment !== undefined) return { to: address, place: "fragment", parameters: decoded(fragment) };
  const to = [REDIRECT_URI, PHONE_URI].find((uri) => address.startsWith(uri)) ?? address;
  return { to, place: "query", parameters: decoded(address.slice(to.length + 1)) };
}

function decoded(text: string): Record<string, string> {
  return Object.fromEntries(text.split("&").map((pair) => pair.split("=").map(decodeURIComponent)));
}

/** Fails unless an answer sends the client this error by redirect, with everything that belongs to it. */
export function expectRedirectedError(
  answer: object,
  {
    code,
    error,
    place = "query",
    to = REDIRECT_URI,
  }: { code: string; error: string; place?: "query" | "fragment"; to?: string },
): void {
  const { resultCode, resultMessage } = answer as Record<string, string>;
  expect({ resultCode }).toEqual({ resultCode: code });
  expect(Object.keys(answer).sort()).toEqual(["action", "responseContent", "resultCode", "resultMessage"]);
  expect(redirect(answer)).toEqual({
    to,
    place,
    parameters: {
      error,
      error_description: resultMessage,
      error_uri: `https://docs.authlete.com/#${code}`,
      state: "the state",
      iss: ISSUER,
    },
  });
}

/** Fails unless an answer is an error in the body, for nobody but whoever is at the browser. */
export function expectError(
  answer: object,
  { code, error, action = "BAD_REQUEST" }: { code: string; error: string; action?: string },
): void {
  const { resultMessage, responseContent, ...rest } = answer as Record<string, string>;
  expect(rest).toEqual({ action, resultCode: code });
  expect(resultMessage).toMatch(new RegExp(`^\\[${code}\\] `));
  expect(JSON.parse(responseContent ?? "")).toEqual({
    error,
    error_description: resultMessage,
    error_uri: `https://docs.authlete.com/#${code}`,
  });
}

/** Runs a call that must leave nothing behind. */
export async function leavingNothing<Answer>(test: TestEngine, call: () => Promise<Answer>): Promise<Answer> {
  const before = [test.issued(), test.artifacts()];
  const answer = await call();
  expect([test.issued(), test.artifacts()]).toEqual(before);
  return answer;
}
