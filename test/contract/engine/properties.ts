import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clients, jwtParts } from "../../support/engine.ts";
import { issuedFor, type OpenEngine, type ReachedEngine } from "./served-engine.ts";

const RESERVED = new Set([
  "access_token",
  "token_type",
  "expires_in",
  "refresh_token",
  "scope",
  "error",
  "error_description",
  "error_uri",
  "id_token",
]);
const text = fc.string({ unit: "binary", maxLength: 40 });
const propertyList = fc.uniqueArray(
  fc.record({
    key: text.filter((key) => key !== "" && !RESERVED.has(key)),
    value: text,
    hidden: fc.boolean(),
  }),
  { selector: ({ key }) => key, maxLength: 8 },
);
const claims = fc.dictionary(
  text.map((name) => `x-${name}`),
  fc.jsonValue({ maxDepth: 3 }),
  { maxKeys: 6 },
);

/** What callers put into a token comes out of it unchanged. */
export function describeProperties(open: OpenEngine): void {
  describe("any properties and claims", () => {
    let engine: ReachedEngine;
    beforeAll(async () => {
      engine = await open({ service: { accessTokenSignAlg: "EdDSA" } });
    });
    afterAll(() => engine.close());

    it("survive from issue to introspection", async () => {
      await fc.assert(
        fc.asyncProperty(propertyList, claims, async (properties, extra) => {
          const issued = await issuedFor(engine, { properties, jwtAtClaims: JSON.stringify(extra) });
          const answer = await engine.authlete["auth/introspection"]({ token: issued.accessToken });
          if (answer.action !== "OK") return expect.fail(`not good: ${answer.resultMessage}`);
          const written = (answer.properties ?? []).map(({ key, value, hidden }) => ({
            key,
            value,
            hidden: !!hidden,
          }));
          expect(written).toEqual(properties);
          const { payload } = jwtParts(issued.jwtAccessToken ?? "");
          expect(payload).toMatchObject(JSON.parse(JSON.stringify(extra)));
        }),
        { numRuns: 60 },
      );
    });

    it("of two tokens are not mixed up", async () => {
      const [first, second] = await Promise.all([
        issuedFor(engine, { properties: [{ key: "k", value: "1" }] }),
        issuedFor(engine, { properties: [{ key: "k", value: "2" }] }, clients.backend),
      ]);
      expect([first.properties, second.properties]).toMatchObject([[{ value: "1" }], [{ value: "2" }]]);
    });
  });
}
