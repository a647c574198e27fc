import { expect } from "vitest";
import { providerMethods, providerRefusals, providerTooLarge } from "./endpoint-provider.ts";
import {
  api,
  apiRefusal,
  basic,
  type Case,
  form,
  get,
  oauth,
  oauthRefusal,
  operation,
  page,
  post,
  procedure,
  trpcRefusal,
} from "./endpoint-requests.ts";
import type { Sent } from "./exchange.ts";

const basicChallenge = { "www-authenticate": expect.stringMatching(/^Basic /) };
const bearerChallenge = { "www-authenticate": expect.stringMatching(/^Bearer/) };
const { origin: _, ...withoutOrigin } = page;

/** Every endpoint when something is wrong. */
export const refusals: Case[] = [
  ...providerRefusals,
  [
    "token, wrong secret",
    oauth("token", "grant_type=client_credentials", {
      ...form,
      authorization: `Basic ${btoa("2001:wrong")}`,
    }),
    oauthRefusal(401, "invalid_client", basicChallenge),
  ],
  [
    "token, no credentials",
    oauth("token", "grant_type=client_credentials", form),
    oauthRefusal(400, "invalid_request"),
  ],
  ["token, no grant type", oauth("token", "x=1"), oauthRefusal(400, "invalid_request")],
  ["token, unknown grant", oauth("token", "grant_type=magic"), oauthRefusal(400, "unsupported_grant_type")],
  [
    "token, JSON",
    oauth("token", "{}", { ...basic, "content-type": "application/json" }),
    oauthRefusal(400, "invalid_request"),
  ],
  ["token, empty", oauth("token", ""), oauthRefusal(400, "invalid_request")],
  [
    "token, credentials in the URL",
    post("/oauth/token?client_secret=x", { ...form, ...basic }, ""),
    oauthRefusal(400, "invalid_request"),
  ],
  [
    "introspect, nobody",
    oauth("introspect", "token=x", form),
    oauthRefusal(401, "invalid_client", basicChallenge),
  ],
  ["introspect, no token", oauth("introspect", "x=1"), oauthRefusal(400, "invalid_request")],
  ["revoke, nobody", oauth("revoke", "token=x", form), oauthRefusal(401, "invalid_client", basicChallenge)],
  ["revoke, no token", oauth("revoke", "x=1"), oauthRefusal(400, "invalid_request")],
  ["trpc, not our page", procedure("token.issue", {}, withoutOrigin), trpcRefusal(403, "CROSS_SITE_REFUSED")],
  [
    "trpc, another site",
    procedure("token.issue", {}, { ...page, origin: "https://evil.example" }),
    trpcRefusal(403, "CROSS_SITE_REFUSED"),
  ],
  [
    "trpc, text",
    procedure("token.issue", {}, { ...page, "content-type": "text/plain" }),
    trpcRefusal(415, "UNSUPPORTED_MEDIA_TYPE"),
  ],
  ["trpc, no fields", procedure("token.issue", {}), trpcRefusal(400, "BAD_REQUEST")],
  [
    "trpc, unknown ticket",
    procedure("token.issue", { ticket: "x", subject: "y" }),
    trpcRefusal(400, "TICKET_INVALID"),
  ],
  [
    "trpc, a browser at token.request",
    procedure("token.request", { parameters: "" }),
    trpcRefusal(401, "UNAUTHORIZED", bearerChallenge),
  ],
  [
    "trpc, wrong bearer",
    procedure("token.issue", {}, { ...page, authorization: "Bearer x" }),
    trpcRefusal(401, "UNAUTHORIZED", bearerChallenge),
  ],
  [
    "trpc, wrong password",
    procedure("login.password", { username: "ada", password: "x" }),
    trpcRefusal(401, "CREDENTIALS_INVALID"),
  ],
  [
    "trpc, a sensitive batch",
    post("/api/trpc/token.issue,token.issue?batch=1", page, "{}"),
    trpcRefusal(400, "BATCH_REFUSED"),
  ],
  [
    "trpc, a mutation by GET",
    get("/api/trpc/token.issue", page),
    trpcRefusal(405, "METHOD_NOT_ALLOWED", { allow: "POST" }),
  ],
  [
    "trpc, a query by POST",
    procedure("session.current", null),
    trpcRefusal(405, "METHOD_NOT_ALLOWED", { allow: "GET" }),
  ],
  ["trpc, no JSON", post("/api/trpc/token.issue", page, "{]"), trpcRefusal(400, "BAD_REQUEST")],
  [
    "Web API, nobody",
    operation("auth/token", {}, { "content-type": "application/json" }),
    apiRefusal(401, "A001202", bearerChallenge),
  ],
  [
    "Web API, wrong token",
    operation("auth/token", {}, { ...api, authorization: "Bearer x" }),
    apiRefusal(401, "A458101", bearerChallenge),
  ],
  ["Web API, another service", get("/api/1/service/get", api), apiRefusal(403, "A001217")],
  ["Web API, wrong method", get("/api/1001/auth/token", api), apiRefusal(405, "A001223", { allow: "POST" })],
  [
    "Web API, text",
    operation("auth/token", {}, { ...api, "content-type": "text/plain" }),
    apiRefusal(415, "A258201"),
  ],
  ["Web API, no JSON", post("/api/1001/auth/token", api, "{]"), apiRefusal(400, "A126202")],
];

/** Bodies over the limit of each endpoint: declared, and as they come. */
export const tooLarge: Case[] = [
  ...providerTooLarge,
  ["token", oauth("token", "a".repeat(65_537)), oauthRefusal(413, "invalid_request")] as const,
  ["introspect", oauth("introspect", "a".repeat(65_537)), oauthRefusal(413, "invalid_request")] as const,
  ["revoke", oauth("revoke", "a".repeat(65_537)), oauthRefusal(413, "invalid_request")] as const,
  [
    "trpc",
    post("/api/trpc/token.issue", page, " ".repeat(262_145)),
    trpcRefusal(413, "PAYLOAD_TOO_LARGE"),
  ] as const,
  ["Web API", post("/api/1001/auth/token", api, " ".repeat(1_048_577)), apiRefusal(413, "A126202")] as const,
].flatMap(([title, sent, expected]) => [
  [`${title}, declared`, sent, expected] as const,
  [`${title}, not declared`, { ...sent, chunked: true }, expected] as const,
]);

const methods = ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"];

function refusedMethod(method: string, path: string, allow: string): Case {
  const headers = { allow, "cache-control": "no-store", "access-control-allow-origin": undefined };
  const sent: Sent = { method, path, headers: path.startsWith("/api/trpc/") ? page : {} };
  return [`${method} ${path}`, sent, { status: 405, headers }];
}

/** Methods that an endpoint does not have. */
export const wrongMethods: Case[] = [
  ...providerMethods.flatMap(([path, wrong, allow]) =>
    wrong.map((method) => refusedMethod(method, path, allow)),
  ),
  ...["/oauth/token", "/oauth/introspect", "/oauth/revoke", "/api/trpc/token.issue"].flatMap((path) =>
    methods.map((method) => refusedMethod(method, path, "POST")),
  ),
  ...["POST", "OPTIONS", "PUT", "PATCH", "DELETE"].map((method) =>
    refusedMethod(method, "/oauth/jwks", "GET, HEAD"),
  ),
];
