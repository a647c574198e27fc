import { expect } from "vitest";
import {
  type Ask,
  api,
  apiJson,
  backend,
  type Case,
  caller,
  get,
  grant,
  login,
  oauth,
  oauthJson,
  operation,
  type Prepare,
  page,
  procedure,
  trpcJson,
} from "./endpoint-requests.ts";
import type { Answer } from "./exchange.ts";
import { person } from "./ticketgate.ts";

/*
 * Requests that are good once: each needs a ticket, token or session of its own, which is made at the server that is asked. The names in
 * braces stand for what was made.
 */

const withTicket: Prepare = async (ask) => {
  const { ticket } = dataOf(await ask(procedure("token.request", grant, caller)));
  return { ticket: String(ticket) };
};

const issue = { ticket: "{ticket}", subject: "usr_1", properties: [{ key: "plan", value: "pro" }] };

const withToken: Prepare = async (ask) => {
  const ticket = await withTicket(ask);
  const answer = await ask(operation("auth/token/issue", { ...issue, ...ticket }));
  const { accessToken, refreshToken } = JSON.parse(answer.text) as Record<string, string>;
  return { token: accessToken ?? "", refresh: refreshToken ?? "" };
};

const withRevokedToken: Prepare = async (ask) => {
  const made = await withToken(ask);
  const { status } = await ask(oauth("revoke", `token=${made.token}`));
  expect(status).toBe(200);
  return made;
};

const withSignIn: Prepare = async (ask) => {
  const answer = await ask(procedure("login.password", login));
  const { handle, subject } = dataOf(answer);
  return { handle: String(handle), subject: String(subject), cookie: cookiesOf(answer) };
};

const browserIssue = { ticket: "{handle}", subject: "{subject}" };
const inBrowser = { ...page, cookie: "{cookie}" };

const withSession: Prepare = async (ask) => {
  const { handle: ticket, subject, cookie = "" } = await withSignIn(ask);
  const answer = await ask(procedure("token.issue", { ticket, subject }, { ...page, cookie }));
  return { cookie: cookiesOf(answer) };
};

const sessionCookie = expect.stringMatching(/^ticketgate-dev=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
const transactionCleared = expect.stringMatching(
  /^ticketgate-dev-tx-[\w-]{8}=; Path=\/; Max-Age=0; HttpOnly; SameSite=Strict$/,
);
const sessionCleared = expect.stringMatching(/^ticketgate-dev=; Path=\/; Max-Age=0; HttpOnly; SameSite=Lax$/);

const data = (json: Record<string, unknown>) => ({ result: { data: { json } } });
const trpcSuccess = (json: Record<string, unknown>, cookies?: unknown[]) => ({
  status: 200,
  headers: { ...trpcJson, "set-cookie": cookies },
  body: data(json),
});
const apiSuccess = (body: Record<string, unknown>) => ({ status: 200, headers: apiJson, body });

/** The main job, and the end of what it gave. */
export const grants: Case[] = [
  [
    "token.issue of a back end",
    procedure("token.issue", issue, caller),
    trpcSuccess({ action: "OK", subject: "usr_1", accessToken: expect.any(String), clientId: backend.id }),
    withTicket,
  ],
  [
    "token.issue of a browser",
    procedure("token.issue", browserIssue, inBrowser),
    trpcSuccess({ action: "OK", subject: expect.stringMatching(/^usr_/) }, [
      sessionCookie,
      transactionCleared,
    ]),
    withSignIn,
  ],
  [
    "token.fail of a back end",
    procedure("token.fail", { ticket: "{ticket}", reason: "UNKNOWN" }, caller),
    trpcSuccess({ action: "BAD_REQUEST", responseContent: expect.stringContaining("server_error") }),
    withTicket,
  ],
  [
    "token.introspect of a live token",
    procedure("token.introspect", { token: "{token}" }, caller),
    trpcSuccess({ action: "OK", subject: "usr_1", properties: [{ key: "plan", value: "pro" }] }),
    withToken,
  ],
  [
    "token.revoke of a live token",
    procedure(
      "token.revoke",
      { parameters: "token={token}", clientId: backend.id, clientSecret: backend.secret },
      caller,
    ),
    trpcSuccess({ action: "OK" }),
    withToken,
  ],
  [
    "token.introspect of a token that was revoked",
    procedure("token.introspect", { token: "{token}" }, caller),
    trpcSuccess({ action: "UNAUTHORIZED" }),
    withRevokedToken,
  ],
  [
    "introspect, a live token",
    oauth("introspect", "token={token}"),
    { status: 200, headers: oauthJson, body: { active: true, sub: "usr_1", plan: "pro" } },
    withToken,
  ],
  [
    "introspect, a token that was revoked",
    oauth("introspect", "token={token}"),
    { status: 200, headers: oauthJson, body: { active: false } },
    withRevokedToken,
  ],
  [
    "revoke, a live token",
    oauth("revoke", "token={token}&token_type_hint=access_token"),
    { status: 200, headers: { "cache-control": "no-store", "content-type": undefined }, body: "" },
    withToken,
  ],
  [
    "token, refreshed",
    oauth("token", "grant_type=refresh_token&refresh_token={refresh}"),
    { status: 200, headers: oauthJson, body: { token_type: "Bearer", refresh_token: expect.any(String) } },
    withToken,
  ],
  [
    "session.current, signed in",
    get("/api/trpc/session.current", inBrowser),
    trpcSuccess({ signedIn: true, username: person.username, name: person.name }),
    withSession,
  ],
  [
    "session.signOut, signed in",
    procedure("session.signOut", null, inBrowser),
    trpcSuccess({ signedOut: true }, [sessionCleared]),
    withSession,
  ],
  [
    "the first page, signed in",
    get("/", { cookie: "{cookie}" }),
    { status: 200, body: expect.stringContaining(person.name) },
    withSession,
  ],
  [
    "auth/token/issue",
    operation("auth/token/issue", issue),
    apiSuccess({ action: "OK", subject: "usr_1", accessToken: expect.any(String) }),
    withTicket,
  ],
  [
    "auth/token/fail",
    operation("auth/token/fail", { ticket: "{ticket}", reason: "INVALID_RESOURCE_OWNER_CREDENTIALS" }),
    apiSuccess({ action: "BAD_REQUEST", responseContent: expect.stringContaining("invalid_request") }),
    withTicket,
  ],
  [
    "auth/introspection of a live token",
    operation("auth/introspection", { token: "{token}" }),
    apiSuccess({ action: "OK", usable: true, subject: "usr_1" }),
    withToken,
  ],
  [
    "auth/revocation of a live token",
    operation("auth/revocation", {
      parameters: "token={token}",
      clientId: backend.id,
      clientSecret: backend.secret,
    }),
    apiSuccess({ action: "OK" }),
    withToken,
  ],
  [
    "service/jwks/get",
    get("/api/1001/service/jwks/get", api),
    apiSuccess({ keys: expect.arrayContaining([expect.not.objectContaining({ d: expect.anything() })]) }),
  ],
];

function dataOf({ text }: Awaited<ReturnType<Ask>>): Record<string, unknown> {
  return JSON.parse(text).result.data.json as Record<string, unknown>;
}

/** The cookies that an answer sets, as a browser sends them back. */
function cookiesOf({ headers }: Answer): string {
  return [headers["set-cookie"] ?? []]
    .flat()
    .map((line) => line.split(";")[0])
    .join("; ");
}
