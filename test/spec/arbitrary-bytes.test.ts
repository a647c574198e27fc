import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { basicHeader } from "../support/spec-requests.ts";
import { clients, type SpecServer, startSpecServer } from "../support/spec-server.ts";

let server: SpecServer;
beforeAll(async () => {
  server = await startSpecServer();
});
afterAll(() => server.close());

const names = fc.constantFrom(
  "grant_type",
  "client_id",
  "client_secret",
  "client_assertion",
  "username",
  "refresh_token",
  "scope",
  "resource",
  "token",
  "token_type_hint",
  "code",
);
const values = fc.oneof(
  fc.constantFrom(
    "client_credentials",
    "refresh_token",
    "authorization_code",
    "5001",
    "5004",
    "..",
    "https://a",
    "",
  ),
  fc.string({ unit: "binary" }).filter((text) => text.isWellFormed()),
);
const forms = fc
  .array(fc.tuple(fc.oneof(names, values), values), { maxLength: 6 })
  .map((pairs) => Buffer.from(new URLSearchParams(pairs).toString()));
const bodies = fc.oneof(
  forms,
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc.string({ unit: fc.constantFrom(..."&=%+;azAZ09\u0000é") }).map((text) => Buffer.from(text)),
);
const headerText = fc.string({ unit: fc.constantFrom(...'Basic :,=%+/\t"YTpiMTIz') });
const authorizations = fc.oneof(
  fc.constant(basicHeader("5001", clients.basic.clientSecret)),
  fc.constant(undefined),
  headerText,
  fc.uint8Array({ maxLength: 60 }).map((bytes) => `Basic ${Buffer.from(bytes).toString("base64")}`),
  fc.tuple(values, values).map(([id, secret]) => basicHeader(id, secret)),
);

describe("arbitrary bytes", () => {
  it.each(["/oauth/token", "/oauth/introspect", "/oauth/revoke", "/oauth/jwks"])(
    "never make %s fail: no 5xx, no answer without headers",
    async (path) => {
      const property = fc.asyncProperty(
        bodies,
        authorizations,
        fc.oneof({ weight: 5, arbitrary: fc.constant("application/x-www-form-urlencoded") }, headerText),
        fc.oneof(
          { weight: 9, arbitrary: fc.constant("") },
          fc.webQueryParameters().map((query) => `?${query}`),
        ),
        async (body, authorization, type, query) => {
          const headers = new Headers({ "content-type": type });
          if (authorization !== undefined) headers.set("authorization", authorization);
          const response = await fetch(`${server.origin}${path}${query}`, { method: "POST", headers, body });
          await response.arrayBuffer();
          expect(response.status).toBeLessThan(500);
          expect(response.headers.get("cache-control")).toBe("no-store");
        },
      );
      await fc.assert(property, { numRuns: 300 });
    },
    60_000,
  );
});
