import { expect } from "vitest";
import {
  type Ask,
  type Case,
  type Expected,
  form,
  get,
  login,
  oauth,
  oauthJson,
  oauthRefusal,
  operation,
  post,
  procedure,
} from "./endpoint-requests.ts";
import type { Sent } from "./exchange.ts";

/** The endpoints of an OpenID Provider beside those for tokens. */

const json = { "content-type": "application/json" };
const metadata = { redirect_uris: ["https://rp.example/callback"], client_name: "RP" };
const registration = (body: unknown, headers: Record<string, string> = json) =>
  post("/oauth/register", headers, JSON.stringify(body));
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const challenge = { "www-authenticate": expect.stringMatching(/^Bearer/) };
const published = {
  "content-type": "application/json;charset=UTF-8",
  "cache-control": "public, max-age=600",
  "access-control-allow-origin": "*",
};

/** A page of an endpoint: it says what is wrong, and runs nothing. */
const problem = (status: number) => ({
  status,
  headers: {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "content-security-policy": expect.stringContaining("default-src 'none'"),
  },
});

async function registered(ask: Ask): Promise<Record<string, string>> {
  return parsed((await ask(registration(metadata))).text);
}

/** An access token for the person's claims: a stored one, as if the person had signed in to a client. */
async function openidToken(ask: Ask): Promise<Record<string, string>> {
  const { text } = await ask(procedure("login.password", login));
  const { subject } = (JSON.parse(text) as { result: { data: { json: { subject: string } } } }).result.data
    .json;
  const grant = { grantType: "AUTHORIZATION_CODE", clientId: 2001, subject, scopes: ["openid", "profile"] };
  return parsed((await ask(operation("auth/token/create", grant))).text);
}

function parsed(text: string): Record<string, string> {
  return JSON.parse(text) as Record<string, string>;
}

export const providerSuccesses: Case[] = [
  ["authorize, no client", get("/oauth/authorize"), problem(400)],
  ["interaction that nobody knows", get("/oauth/interaction/x"), problem(400)],
  [
    "logout of nobody",
    get("/oauth/logout"),
    { status: 303, headers: { location: "/logout/done", "cache-control": "no-store" } },
  ],
  [
    "openid-configuration",
    get("/.well-known/openid-configuration"),
    { status: 200, headers: published, body: { response_types_supported: ["code"] } },
  ],
  [
    "oauth-authorization-server",
    get("/.well-known/oauth-authorization-server"),
    { status: 200, headers: published, body: { response_types_supported: ["code"] } },
  ],
  [
    "oauth-authorization-server, HEAD",
    { method: "HEAD", path: "/.well-known/oauth-authorization-server" },
    { status: 200, headers: published },
  ],
  [
    "oauth-authorization-server of another issuer",
    get("/.well-known/oauth-authorization-server/tenant/x"),
    oauthRefusal(404, "invalid_request"),
  ],
  [
    "par, a client that may not",
    oauth("par", "response_type=code&client_id=2001"),
    oauthRefusal(400, "invalid_request"),
  ],
  [
    "device, a client that may not",
    oauth("device", "scope=openid"),
    oauthRefusal(400, "unauthorized_client"),
  ],
  [
    "ciba, a client that may not",
    oauth("ciba", "scope=openid&login_hint=x"),
    oauthRefusal(400, "unauthorized_client"),
  ],
  ["register", registration(metadata), { status: 201, headers: oauthJson, body: metadata }],
  [
    "register, read",
    get("/oauth/register/{client_id}", bearer("{registration_access_token}")),
    { status: 200, headers: oauthJson, body: metadata },
    registered,
  ],
  [
    "userinfo",
    get("/oauth/userinfo", bearer("{accessToken}")),
    { status: 200, headers: oauthJson, body: { preferred_username: login.username } },
    openidToken,
  ],
  ["grants, nobody", get("/oauth/grants/x"), { status: 401, headers: challenge, body: "" }],
];

export const providerRefusals: Case[] = [
  ["authorize, unknown client", get("/oauth/authorize?client_id=1&response_type=code"), problem(400)],
  ["interaction, a form of another site", oauth("interaction/x", "decision=allow", form), problem(403)],
  ["par, nobody", oauth("par", "x=1", form), oauthRefusal(400, "invalid_request")],
  ["device, nobody", oauth("device", "x=1", form), oauthRefusal(400, "invalid_request")],
  ["ciba, nobody", oauth("ciba", "x=1", form), oauthRefusal(400, "invalid_request")],
  ["register, a form", oauth("register", "x=1", form), oauthRefusal(400, "invalid_request")],
  [
    "register, no redirection URI",
    registration({ client_name: "RP" }),
    oauthRefusal(400, "invalid_redirect_uri"),
  ],
  [
    "register, a reserved scope",
    registration({ ...metadata, scope: "token:issue" }),
    oauthRefusal(400, "invalid_client_metadata"),
  ],
  ["register, read by nobody", get("/oauth/register/1"), { status: 401, headers: challenge, body: "" }],
  ["register, wrong token", get("/oauth/register/2001", bearer("x")), { status: 401, headers: challenge }],
  ["userinfo, nobody", get("/oauth/userinfo"), { status: 401, headers: challenge, body: "" }],
  [
    "userinfo, wrong token",
    get("/oauth/userinfo", bearer("x")),
    { status: 401, headers: challenge, body: "" },
  ],
  ["grants, wrong token", get("/oauth/grants/x", bearer("x")), { status: 401, headers: challenge, body: "" }],
];

export const providerTooLarge: (readonly [string, Sent, Expected])[] = [
  ["authorize", oauth("authorize", "a".repeat(65_537), form), problem(400)],
  [
    "interaction, which looks at who sends first",
    oauth("interaction/x", "a".repeat(65_537), form),
    problem(403),
  ],
  ["logout", oauth("logout", "a".repeat(65_537), form), problem(400)],
  ...["par", "device", "ciba", "userinfo"].map(
    (name) => [name, oauth(name, "a".repeat(65_537)), oauthRefusal(413, "invalid_request")] as const,
  ),
  ["register", post("/oauth/register", json, " ".repeat(65_537)), oauthRefusal(413, "invalid_request")],
];

/** The methods that each endpoint does not have, and those that it has. */
export const providerMethods: readonly (readonly [path: string, wrong: readonly string[], allow: string])[] =
  [
    ["/oauth/authorize", ["HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"], "GET, POST"],
    ["/oauth/interaction/x", ["HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"], "GET, POST"],
    ["/oauth/logout", ["HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"], "GET, POST"],
    ["/oauth/par", ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"], "POST"],
    ["/oauth/device", ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"], "POST"],
    ["/oauth/ciba", ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"], "POST"],
    ["/oauth/register", ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"], "POST"],
    ["/oauth/register/1", ["POST", "OPTIONS", "PATCH"], "GET, PUT, DELETE"],
    ["/oauth/userinfo", ["OPTIONS", "PUT", "PATCH", "DELETE"], "GET, HEAD, POST"],
    ["/oauth/grants/x", ["POST", "OPTIONS", "PUT", "PATCH"], "GET, DELETE"],
    ["/.well-known/openid-configuration", ["POST", "OPTIONS", "PUT", "PATCH", "DELETE"], "GET, HEAD"],
    ["/.well-known/oauth-authorization-server", ["POST", "OPTIONS", "PUT", "DELETE"], "GET, HEAD"],
    ["/.well-known/oauth-authorization-server/x", ["POST", "DELETE"], "GET, HEAD"],
  ];
