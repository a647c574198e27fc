import { expect } from "vitest";
import { providerSuccesses } from "./endpoint-provider.ts";
import {
  api,
  apiJson,
  type Case,
  caller,
  form,
  get,
  grant,
  login,
  oauth,
  oauthJson,
  operation,
  page,
  post,
  procedure,
  TOKEN,
  trpcJson,
} from "./endpoint-requests.ts";

const data = (json: Record<string, unknown>) => ({ result: { data: { json } } });
const jwkSet = { "content-type": "application/jwk-set+json", "access-control-allow-origin": "*" };

/** Every endpoint when all is well. */
export const successes: Case[] = [
  ...providerSuccesses,
  [
    "token",
    oauth("token", "grant_type=client_credentials&scope=token:issue"),
    { status: 200, headers: { ...oauthJson, pragma: "no-cache" }, body: { token_type: "Bearer" } },
  ],
  [
    "token, credentials in the body",
    oauth("token", "grant_type=client_credentials&client_id=2001&client_secret=wrong", form),
    { status: 401, headers: { ...oauthJson, "www-authenticate": expect.stringMatching(/^Basic /) } },
  ],
  [
    "introspect",
    oauth("introspect", `token=${TOKEN}`),
    { status: 200, headers: oauthJson, body: { active: true, client_id: "2001" } },
  ],
  [
    "introspect, unknown token",
    oauth("introspect", "token=x"),
    { status: 200, headers: oauthJson, body: { active: false } },
  ],
  [
    "revoke",
    oauth("revoke", "token=x"),
    { status: 200, headers: { "cache-control": "no-store", "content-type": undefined }, body: "" },
  ],
  ["jwks", get("/oauth/jwks"), { status: 200, headers: jwkSet, body: { keys: expect.any(Array) } }],
  ["jwks, HEAD", { method: "HEAD", path: "/oauth/jwks" }, { status: 200, headers: jwkSet, body: "" }],
  ["jwks with a query", get("/oauth/jwks?x=%20"), { status: 200, headers: jwkSet }],
  [
    "login.password",
    procedure("login.password", login),
    {
      status: 200,
      headers: { ...trpcJson, "set-cookie": [expect.stringMatching(/^ticketgate-dev-tx-/)] },
      body: data({ next: "issue" }),
    },
  ],
  [
    "session.current",
    get("/api/trpc/session.current", page),
    { status: 200, headers: { ...trpcJson, "set-cookie": undefined }, body: data({ signedIn: false }) },
  ],
  [
    "session.current, name percent-encoded",
    get("/api/trpc/session%2Ecurrent", page),
    { status: 200, headers: trpcJson, body: data({ signedIn: false }) },
  ],
  [
    "session.current, corrupt cookie",
    get("/api/trpc/session.current", { ...page, cookie: "ticketgate-dev=corrupt" }),
    { status: 200, headers: { "set-cookie": [expect.stringMatching(/^ticketgate-dev=; .*Max-Age=0/)] } },
  ],
  [
    "session.current, a batch",
    get("/api/trpc/session.current%2Csession.current?batch=1&input={}", page),
    { status: 200, headers: trpcJson, body: [data({ signedIn: false }), data({ signedIn: false })] },
  ],
  [
    "session.signOut",
    procedure("session.signOut", null),
    { status: 200, headers: { "set-cookie": [expect.stringMatching(/Max-Age=0/)] } },
  ],
  [
    "token.request of a back end",
    procedure("token.request", grant, caller),
    { status: 200, headers: { ...trpcJson, "set-cookie": undefined }, body: data({ action: "PASSWORD" }) },
  ],
  [
    "token.introspect of a back end",
    procedure("token.introspect", { token: "x" }, caller),
    { status: 200, headers: trpcJson, body: data({ action: "UNAUTHORIZED" }) },
  ],
  [
    "auth/token, JSON",
    operation("auth/token", grant),
    { status: 200, headers: apiJson, body: { action: "PASSWORD" } },
  ],
  [
    "auth/introspection, form",
    post("/api/1001/auth/introspection", { ...api, ...form }, "token=x"),
    { status: 200, headers: apiJson, body: { action: "UNAUTHORIZED" } },
  ],
  [
    "service/get",
    get("/api/1001/service/get", api),
    { status: 200, headers: apiJson, body: { number: 1001 } },
  ],
  [
    "client/get",
    get("/api/1001/client/get/2001", api),
    { status: 200, headers: apiJson, body: { clientId: 2001 } },
  ],
];
