import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  basic,
  clients,
  contentOf,
  form,
  issuedTokens,
  jwtParts,
  openTestEngine,
  passwordTicket,
  summary,
  type TestEngine,
} from "../../../support/engine.ts";

let random: TestEngine;
let jwt: TestEngine;
beforeAll(async () => {
  random = await openTestEngine();
  jwt = await openTestEngine({ service: { accessTokenSignAlg: "EdDSA" } });
});
afterAll(() => Promise.all([random.close(), jwt.close()]));

const reserved = new Set([
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
const standardClaims = new Set([
  ...["iss", "sub", "client_id", "scope", "exp", "iat", "jti", "cnf"],
  ...["authorization_details", "grant_id", "grant_type"],
]);

const text = fc.string({ unit: "binary", maxLength: 40 });
const oddName = fc.constantFrom(
  "__proto__",
  "constructor",
  "toString",
  "aud",
  "iss",
  "0",
  "access_token",
  "action",
);
const key = fc.oneof(
  { weight: 8, arbitrary: text.filter((name) => name !== "") },
  { weight: 1, arbitrary: oddName },
);
const properties = fc.uniqueArray(fc.record({ key, value: text, hidden: fc.boolean() }), {
  selector: (property) => property.key,
  maxLength: 12,
});
const claims = fc.dictionary(fc.oneof(text, oddName), fc.jsonValue({ maxDepth: 4 }), { maxKeys: 8 });

const introspect = (test: TestEngine, token: unknown) =>
  test.engine["auth/introspection"]({ token: String(token) });

/** What JSON makes of a value: -0 is 0 there. */
const asJson = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value));

describe("whatever the properties and claims are", () => {
  it("properties come back from introspection as they were given; the client sees those that are not hidden", async () => {
    await fc.assert(
      fc.asyncProperty(properties, async (given) => {
        const answer = await issuedTokens(random.engine, { properties: given });
        const kept = given.filter((property) => !reserved.has(property.key));
        const state = await introspect(random, answer.accessToken);
        expect(state.action).toBe("OK");
        expect((state as { properties?: unknown }).properties ?? []).toEqual(kept);
        const shown = new Map<string, unknown>(Object.entries(JSON.parse(answer.responseContent)));
        for (const member of ["access_token", "token_type", "expires_in", "scope", "refresh_token"])
          shown.delete(member);
        const visible = kept
          .filter(({ hidden }) => !hidden)
          .map(({ key: name, value }) => [name, value] as const);
        expect(shown).toEqual(new Map(visible));
      }),
      { numRuns: 150 },
    );
  });

  it("claims and visible properties are in the payload of the JWT as they were given", async () => {
    await fc.assert(
      fc.asyncProperty(claims, properties, async (given, added) => {
        const jwtAtClaims = JSON.stringify(given);
        const answer = await issuedTokens(jwt.engine, { jwtAtClaims, properties: added });
        const payload = new Map(Object.entries(jwtParts(String(answer.jwtAccessToken)).payload));
        const expected = new Map<string, unknown>(
          added
            .filter((property) => !property.hidden && !reserved.has(property.key))
            .map((property) => [property.key, property.value]),
        );
        for (const [name, claim] of Object.entries(asJson(given))) expected.set(name, claim);
        for (const name of standardClaims) {
          expected.delete(name);
          payload.delete(name);
        }
        expect(payload).toEqual(expected);
        expect((await introspect(jwt, answer.jwtAccessToken)).action).toBe("OK");
      }),
      { numRuns: 150 },
    );
  });

  it("claims do not change a random token, and stay with it through a refresh", async () => {
    await fc.assert(
      fc.asyncProperty(claims, async (given) => {
        const answer = await issuedTokens(random.engine, { jwtAtClaims: JSON.stringify(given) });
        expect(Object.keys(JSON.parse(answer.responseContent))).toEqual([
          "access_token",
          "token_type",
          "expires_in",
          "scope",
          "refresh_token",
        ]);
        expect((await introspect(random, answer.accessToken)).action).toBe("OK");
      }),
      { numRuns: 50 },
    );
  });

  it("the limit of their size is the limit of their encrypted form", async () => {
    const sizeOf = (value: string) => Buffer.byteLength(JSON.stringify([["k", value]]));
    const encrypted = (length: number) => Math.ceil(((Math.floor(length / 16) + 1) * 16 * 4) / 3);
    let longest = 0;
    while (encrypted(sizeOf("é".repeat(longest + 1))) <= 65_535) longest += 1;
    const ask = async (value: string) => {
      const ticket = await passwordTicket(random.engine);
      return random.engine["auth/token/issue"]({
        ticket,
        subject: "alice",
        properties: [{ key: "k", value }],
      });
    };
    expect(await ask("é".repeat(longest))).toMatchObject({ action: "OK" });
    expect(summary(await ask("é".repeat(longest + 1))).code).toBe("A061201");
  });

  it("odd lists of properties are read for what they hold", async () => {
    const odd = [
      null,
      5,
      "x",
      [],
      {},
      { key: "" },
      { key: 5 },
      { key: "a" },
      { key: "b", value: null, hidden: 1 },
    ];
    const answer = await issuedTokens(random.engine, {
      properties: [...odd, { key: "c", value: "1" }, { key: "c", value: "2" }],
    });
    expect(answer.properties).toEqual([
      { key: "a", hidden: false },
      { key: "b", hidden: false },
      { key: "c", value: "2", hidden: false },
    ]);
    expect(JSON.parse(answer.responseContent)).not.toHaveProperty("a");
  });
});

const parameters = fc.oneof(
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.webQueryParameters(),
  fc
    .dictionary(
      fc.constantFrom(
        "grant_type",
        "client_id",
        "client_secret",
        "username",
        "password",
        "scope",
        "resource",
        "refresh_token",
        "token",
        "token_type_hint",
        "client_assertion",
      ),
      fc.oneof(
        fc.string({ unit: "binary" }),
        fc.constantFrom(
          "password",
          "client_credentials",
          "refresh_token",
          clients.app.id,
          clients.post.id,
          "%zz",
          "%00",
        ),
        fc.array(fc.string(), { maxLength: 2 }),
      ),
    )
    .map((given) => form(given)),
);

describe("whatever the request is", () => {
  const anything = fc.oneof(fc.anything(), fc.string({ unit: "binary" }), fc.jsonValue());
  const request = (members: readonly string[]) =>
    fc.dictionary(fc.constantFrom(...members), anything, { maxKeys: members.length });

  it("parameters of any text get an answer of the contract, never a failure, and only their sender is to blame", async () => {
    await fc.assert(
      fc.asyncProperty(parameters, fc.boolean(), async (body, withCredentials) => {
        const call = { parameters: body, ...(withCredentials ? basic(clients.firstParty) : {}) };
        const answer = await random.engine["auth/token"](call);
        expect(answer.action).not.toBe("INTERNAL_SERVER_ERROR");
        expect(() => JSON.parse(contentOf(answer) === "undefined" ? "{}" : contentOf(answer))).not.toThrow();
        const revoked = await random.engine["auth/revocation"](call);
        expect(["OK", "BAD_REQUEST", "INVALID_CLIENT"]).toContain(revoked.action);
      }),
      { numRuns: 500 },
    );
  });

  it("members of any kind get an answer of the contract", async () => {
    const members = [
      "clientId",
      "clientSecret",
      "properties",
      "accessToken",
      "jwtAtClaims",
      "accessTokenDuration",
      "dpop",
    ];
    await fc.assert(
      fc.asyncProperty(request(members), async (given) => {
        const body = "grant_type=client_credentials";
        const answer = await random.engine["auth/token"]({
          ...basic(clients.backend),
          ...given,
          parameters: body,
        } as never);
        expect(answer.resultCode).toMatch(/^A\d{6}$/);
      }),
      { numRuns: 300 },
    );
    const issueMembers = [
      "subject",
      "properties",
      "jwtAtClaims",
      "accessToken",
      "accessTokenDuration",
      "refreshTokenDuration",
    ];
    await fc.assert(
      fc.asyncProperty(request(issueMembers), async (given) => {
        const ticket = await passwordTicket(random.engine);
        const answer = await random.engine["auth/token/issue"]({ ...given, ticket } as never);
        expect(["OK", "INTERNAL_SERVER_ERROR"]).toContain(answer.action);
      }),
      { numRuns: 200 },
    );
  });

  it("introspection of anything gets an answer of the contract", async () => {
    const members = ["token", "scopes", "subject", "resources", "acrValues", "maxAge", "dpop", "htu"];
    const { accessToken } = await issuedTokens(random.engine);
    await fc.assert(
      fc.asyncProperty(request(members), fc.boolean(), async (given, isReal) => {
        const call = isReal ? { ...given, token: accessToken } : given;
        const answer = await random.engine["auth/introspection"](call as never);
        expect(["OK", "BAD_REQUEST", "UNAUTHORIZED", "FORBIDDEN"]).toContain(answer.action);
        expect(contentOf(answer)).toMatch(/^[\x20-\x7e]+$/);
      }),
      { numRuns: 300 },
    );
  });
});
