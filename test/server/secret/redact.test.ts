import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { redact } from "../../../src/server/secret/redact.ts";

const TOKEN = randomBytes(32).toString("base64url");
const JWT = "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ1In0.c2lnbmF0dXJl";

describe("the redaction of a text", () => {
  it.each([
    ["a token", `no route for ${TOKEN}.`, "no route for [redacted]."],
    ["a token in an address", `GET /callback/${TOKEN}?a=1`, "GET /callback/[redacted]?a=1"],
    ["48 of hexadecimal", `x ${"0123456789abcdef".repeat(3)}`, "x [redacted]"],
    ["a JWT", `bad signature: ${JWT}, sorry`, "bad signature: [redacted], sorry"],
    ["the first parts of a JWT", JWT.slice(0, 36), "[redacted]"],
    [
      "a bearer token of any look",
      'invalid header "Bearer a.b~c+d/e-f_g.h1"',
      'invalid header "Bearer [redacted]"',
    ],
    [
      "Basic credentials",
      `authorization: Basic ${btoa("1001:secret words")}`,
      "authorization: Basic [redacted]",
    ],
    [
      "a form",
      "grant_type=password&password=hunter2&scope=a",
      "grant_type=password&password=[redacted]&scope=a",
    ],
    [
      "a query string",
      "https://x.example/?access_token=abc#top",
      "https://x.example/?access_token=[redacted]",
    ],
    [
      "the password of a database",
      "no route to postgres://gate:p@ss:word@db.example:5432/gate",
      "no route to postgres://gate:[redacted]@db.example:5432/gate",
    ],
    ["JSON", '{"access_token":"abc","scope":"a"}', '{"access_token":"[redacted]","scope":"a"}'],
    ["JSON in JSON", '"{\\"ticket\\":\\"abc\\"}"', '"{\\"ticket\\":\\"[redacted]\\"}"'],
    ["an inspected object", "{ clientSecret: 'abc', n: 1 }", "{ clientSecret: '[redacted]', n: 1 }"],
  ])("takes out %s", (_, text, rest) => {
    expect(redact(text)).toBe(rest);
  });

  it.each([
    "auth/token: PASSWORD A050001",
    "/api/trpc/token.issue",
    "the access token is not one of a back end",
    "not a Bearer token",
    "connect ECONNREFUSED 127.0.0.1:443",
    "http://127.0.0.1:443/@scope and https://x.example/a:b@c",
    "SQLITE_CONSTRAINT: UNIQUE constraint failed: tokens.access_token_hash",
    "    at async issueToBrowser (file:///srv/ticketgate/src/server/trpc/issue-to-browser.ts:27:32)",
    "    at x (/srv/.next/server/chunks/ssr/node_modules_next_dist_esm_build_templates_app-page_0kq8ls7x.js:1:2)",
  ])("leaves the rest alone: %s", (text) => {
    expect(redact(text)).toBe(text);
  });

  it("finds whatever newValue makes, anywhere in a sentence", () => {
    for (let tries = 0; tries < 1_000; tries++) {
      const value = randomBytes(32).toString("base64url");
      expect(redact(`before "${value}" after`)).toBe('before "[redacted]" after');
    }
  });
});
