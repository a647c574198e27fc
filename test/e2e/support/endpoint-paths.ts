import { expect } from "vitest";
import { api, apiRefusal, type Case, get, page, post, trpcRefusal } from "./endpoint-requests.ts";

const nothing = {
  status: 404,
  headers: { "cache-control": "no-store", "content-type": "application/json;charset=UTF-8" },
  body: { error: "invalid_request", error_description: "There is no endpoint at this address." },
};
const ownPage = {
  status: 404,
  headers: {
    "content-type": "text/html; charset=utf-8",
    "cache-control": expect.stringContaining("no-store"),
    "content-security-policy": expect.stringContaining("default-src 'none'"),
    "set-cookie": [expect.stringMatching(/^ticketgate-dev-pre=/)],
  },
  body: expect.stringContaining("<title>"),
};
const redirect = (location: string) => ({ status: 308, headers: { location } });

/** Paths that are no endpoint's, and spellings of those that are. */
export const paths: Case[] = [
  ...[
    "/oauth/nothing",
    "/oauth/token/x",
    "/oauth/TOKEN",
    "/oauth/%74oken",
    "/oauth/token%00",
    "/oauth/token;x",
  ].map((path): Case => [path, get(path), nothing]),
  ...[
    "/oauth/token.json",
    "/oauth/token.rsc",
    "/api/1001",
    "/api/trpc",
    "/api/nothing",
    "/.well-known/nothing",
  ].map((path): Case => [path, get(path), nothing]),
  ...["/oauth/nothing", "/api/trpc", "/api/nothing"].map(
    (path): Case => [`POST ${path}`, post(path, page, "{}"), nothing],
  ),
  ...[
    "/oauth",
    "/api",
    "/oauth%2Ftoken",
    "/%6Fauth/token",
    "/OAUTH/TOKEN",
    "/nothing",
    "/icon.svg/oauth/token",
  ].map((path): Case => [path, get(path), ownPage]),
  ["/api/trpc/none", get("/api/trpc/none", page), trpcRefusal(404, "NOT_FOUND")],
  ["/api/trpc/a/b", get("/api/trpc/a/b", page), trpcRefusal(404, "NOT_FOUND")],
  ["POST /api/trpc/none", post("/api/trpc/none", page, "{}"), trpcRefusal(404, "NOT_FOUND")],
  ["/api/1/nothing", get("/api/1/nothing", api), apiRefusal(403, "A001217")],
  ["/api/1001/nothing", get("/api/1001/nothing", api), apiRefusal(404, "A001223")],
  ["/api/1001/auth%2Ftoken", get("/api/1001/auth%2Ftoken", api), apiRefusal(404, "A001223")],
  ["/api/%74rpc/session.current", get("/api/%74rpc/session.current", api), apiRefusal(403, "A001217")],
  ["//oauth/token", get("//oauth/token"), redirect("/oauth/token")],
  ["/oauth//token", post("/oauth//token", {}, ""), redirect("/oauth/token")],
  ["/oauth/token/", post("/oauth/token/", {}, ""), redirect("/oauth/token")],
  ["/oauth\\token", get("/oauth\\token"), redirect("/oauth/token")],
  ["/api/trpc//token.issue", post("/api/trpc//token.issue", page, "{}"), redirect("/api/trpc/token.issue")],
  ["/api/trpc/token.issue/", post("/api/trpc/token.issue/", page, "{}"), redirect("/api/trpc/token.issue")],
  ["/api//1001/service/get", get("/api//1001/service/get", api), redirect("/api/1001/service/get")],
  ["/api/1001//service/get", get("/api/1001//service/get", api), redirect("/api/1001/service/get")],
  ["/api/1001/service/get/", get("/api/1001/service/get/", api), redirect("/api/1001/service/get")],
  ["/oauth/./jwks", get("/oauth/./jwks"), { status: 200 }],
  ["/oauth/x/../jwks", get("/oauth/x/../jwks"), { status: 200 }],
];
