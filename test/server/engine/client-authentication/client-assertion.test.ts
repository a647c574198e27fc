import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Client } from "../../../../src/server/authlete/client.ts";
import {
  ASSERTION_TYPE,
  type AssertionOptions,
  assertionParameters,
  clientAssertion,
} from "../../../support/client-assertion.ts";
import { form, ISSUER, openTestEngine, summary, type TestEngine } from "../../../support/engine.ts";
import { jwkSet, type Keys, makeKeys, signJwt, unsigned } from "../../../support/jwt.ts";

const ID = "3000";
const SECRET = "a secret that has enough bytes for every hash: 64 of them, or more";
const TOKEN_ENDPOINT = `${ISSUER}/oauth/token`;

let test: TestEngine;
let own: Keys;
let other: Keys;
beforeAll(async () => {
  [own, other] = await Promise.all([makeKeys(), makeKeys()]);
});
beforeEach(async () => {
  test = await openTestEngine({ service: { supportedTokenAuthMethods: undefined } });
  await register({});
});
afterEach(() => test.close());

function register(change: Partial<Client>): Promise<void> {
  return test.setClient(ID, {
    clientType: "CONFIDENTIAL",
    tokenAuthMethod: "PRIVATE_KEY_JWT",
    clientSecret: SECRET,
    jwks: jwkSet(own.jwk),
    grantTypes: ["CLIENT_CREDENTIALS"],
    ...change,
  });
}

type Spoilt = Partial<AssertionOptions>;

const assertion = (spoilt: Spoilt = {}) =>
  clientAssertion({ clientId: ID, key: own.privateKey, now: test.clock(), ...spoilt });

const ask = (parameters: Record<string, string | string[]>) =>
  test.engine["auth/token"]({ parameters: form({ grant_type: "client_credentials", ...parameters }) });

const askWith = async (spoilt: Spoilt = {}) => ask(assertionParameters(await assertion(spoilt)));

async function refused(answering: ReturnType<typeof ask>) {
  const before = test.issued();
  const answer = summary(await answering);
  expect(test.issued()).toBe(before);
  return answer;
}

const refusedWith = (spoilt: Spoilt) => refused(askWith(spoilt));
const invalidClient = (code: string) => ({ action: "INVALID_CLIENT", code, error: "invalid_client" });

describe("a client that signs an assertion", () => {
  it("is told from it, and passes", async () => {
    expect(await askWith()).toMatchObject({
      action: "OK",
      clientId: 3000,
      clientAuthMethod: "PRIVATE_KEY_JWT",
    });
  });

  it("may name itself too, but nobody else", async () => {
    expect(await ask({ client_id: ID, ...assertionParameters(await assertion()) })).toMatchObject({
      action: "OK",
    });
    expect(await refused(ask({ client_id: "2003", ...assertionParameters(await assertion()) }))).toEqual(
      invalidClient("A157303"),
    );
    await test.setClient("3001", { ...(await test.store.findClient("1001", ID)), clientId: 3001 });
    expect(await refused(ask({ client_id: "3001", ...assertionParameters(await assertion()) }))).toEqual(
      invalidClient("A157315"),
    );
  });

  it.each(["RS256", "PS256", "ES256", "ES384", "EdDSA"] as const)("%s: with a key pair", async (alg) => {
    const keys = await makeKeys(alg);
    await register({ jwks: jwkSet(keys.jwk) });
    expect(await askWith({ key: keys.privateKey, header: { alg } })).toMatchObject({ action: "OK" });
  });

  it.each(["HS256", "HS384", "HS512"])("%s: with its secret", async (alg) => {
    await register({ tokenAuthMethod: "CLIENT_SECRET_JWT" });
    const spoilt = { key: Buffer.from(SECRET), header: { alg } };
    expect(await askWith(spoilt)).toMatchObject({ action: "OK", clientAuthMethod: "CLIENT_SECRET_JWT" });
    expect(await refusedWith({ ...spoilt, key: Buffer.from(`${SECRET}x`) })).toEqual(
      invalidClient("A157326"),
    );
    await register({ tokenAuthMethod: "CLIENT_SECRET_JWT", clientSecret: "short" });
    expect(await refusedWith(spoilt)).toEqual(invalidClient("A157325"));
    await register({ tokenAuthMethod: "CLIENT_SECRET_JWT", clientSecret: undefined });
    expect(await refusedWith(spoilt)).toEqual(invalidClient("A157325"));
  });

  it("may go by its alias where aliases are allowed", async () => {
    await test.setService({ clientIdAliasEnabled: true });
    await register({ clientIdAlias: "shop", clientIdAliasEnabled: true });
    expect(await askWith({ clientId: "shop" })).toMatchObject({ action: "OK", clientIdAliasUsed: true });
    expect(
      await ask({ client_id: ID, ...assertionParameters(await assertion({ clientId: "shop" })) }),
    ).toMatchObject({
      action: "OK",
    });
    await register({ clientIdAlias: "shop", clientIdAliasEnabled: false });
    expect(await refusedWith({ clientId: "shop" })).toEqual(invalidClient("A048324"));
    expect(
      await refused(ask({ client_id: ID, ...assertionParameters(await assertion({ clientId: "shop" })) })),
    ).toEqual(invalidClient("A157315"));
  });

  it("authenticates at the revocation endpoint too, for its address", async () => {
    await test.setService({ supportedRevocationAuthMethods: undefined });
    const revoke = async (aud: unknown) =>
      test.engine["auth/revocation"]({
        parameters: form({ token: "x", ...assertionParameters(await assertion({ claims: { aud } })) }),
      });
    for (const aud of [ISSUER, TOKEN_ENDPOINT, `${ISSUER}/oauth/revoke`]) {
      expect(await revoke(aud)).toMatchObject({ action: "OK" });
    }
    expect(summary(await revoke(`${ISSUER}/oauth/introspect`))).toEqual(invalidClient("A157318"));
    expect(await refusedWith({ claims: { aud: `${ISSUER}/oauth/revoke` } })).toEqual(
      invalidClient("A157318"),
    );
  });
});

describe("the parameters of an assertion", () => {
  it.each<[string, (assertion: string) => Record<string, string | string[]>, string]>([
    ["no type", (client_assertion) => ({ client_assertion }), "A157309"],
    ["an empty type", (client_assertion) => ({ client_assertion, client_assertion_type: "" }), "A158303"],
    [
      "two types",
      (client_assertion) => ({ client_assertion, client_assertion_type: [ASSERTION_TYPE, ASSERTION_TYPE] }),
      "A158304",
    ],
    ["another type", (client_assertion) => ({ client_assertion, client_assertion_type: "urn:x" }), "A157310"],
    ["no assertion", () => ({ client_assertion_type: ASSERTION_TYPE }), "A157311"],
    [
      "an empty assertion",
      () => ({ client_assertion_type: ASSERTION_TYPE, client_assertion: "" }),
      "A157311",
    ],
    [
      "two assertions",
      (client_assertion) => ({
        client_assertion: [client_assertion, client_assertion],
        client_assertion_type: ASSERTION_TYPE,
      }),
      "A158305",
    ],
    ["what is no JWT", () => assertionParameters("x"), "A157312"],
    ["an encrypted JWT", () => assertionParameters("e30.a.b.c.d"), "A157312"],
  ])("are refused: %s", async (_, parameters, code) => {
    const given = parameters(await assertion());
    expect(await refused(ask({ client_id: ID, ...given }))).toEqual(invalidClient(code));
  });

  it("do not help a client with another method", async () => {
    await register({ tokenAuthMethod: "CLIENT_SECRET_BASIC" });
    expect(await refusedWith({})).toEqual(invalidClient("A157357"));
    await register({});
    const secret = { clientId: ID, clientSecret: SECRET };
    const parameters = "grant_type=client_credentials";
    expect(summary(await test.engine["auth/token"]({ parameters, ...secret }))).toEqual(
      invalidClient("A157309"),
    );
  });
});

describe("the algorithm of an assertion", () => {
  it("is one of the method's", async () => {
    const secret = { key: Buffer.from(SECRET), header: { alg: "HS256" } };
    expect(await refusedWith(secret)).toEqual(invalidClient("A157313"));
    await register({ tokenAuthMethod: "CLIENT_SECRET_JWT" });
    expect(await refusedWith({})).toEqual(invalidClient("A157313"));
    expect(await askWith(secret)).toMatchObject({ action: "OK" });
  });

  it("is never none", async () => {
    const seconds = test.clock() / 1000;
    const claims = { iss: ID, sub: ID, aud: ISSUER, jti: "1", exp: seconds + 60 };
    for (const tokenAuthMethod of ["PRIVATE_KEY_JWT", "CLIENT_SECRET_JWT"] as const) {
      await register({ tokenAuthMethod });
      for (const alg of ["none", "NONE", "None", "", null, undefined, 5, ["ES256"], "toString"]) {
        expect(await refused(ask(assertionParameters(unsigned({ alg }, claims))))).toEqual(
          invalidClient("A157313"),
        );
      }
    }
  });

  it("is the registered one", async () => {
    await register({ tokenAuthSignAlg: "PS256" });
    expect(await refusedWith({})).toEqual(invalidClient("A157313"));
    await register({ tokenAuthSignAlg: "ES256" });
    expect(await askWith()).toMatchObject({ action: "OK" });
  });

  it.each<[Partial<Client>, string]>([
    [{ tokenAuthSignAlg: "NONE" }, "A157306"],
    [{ tokenAuthSignAlg: "ES257" }, "A157306"],
    [{ tokenAuthSignAlg: "HS256" }, "A157308"],
    [{ tokenAuthSignAlg: "ES256", tokenAuthMethod: "CLIENT_SECRET_JWT" }, "A157307"],
  ])("cannot be registered like this: %o", async (change, code) => {
    await register(change);
    expect(await refusedWith({})).toEqual(invalidClient(code));
  });
});

describe("the claims of an assertion", () => {
  const seconds = Date.UTC(2030, 0, 1) / 1000;

  it.each<[string, Record<string, unknown>, string]>([
    ["no issuer", { iss: undefined }, "A157315"],
    ["another issuer", { iss: "2000" }, "A157315"],
    ["an issuer that is a number", { iss: 3000 }, "A157315"],
    ["no subject", { sub: undefined }, "A157316"],
    ["another subject", { sub: "alice" }, "A157316"],
    ["no audience", { aud: undefined }, "A157318"],
    ["an empty list of audiences", { aud: [] }, "A157318"],
    ["another audience", { aud: "https://other.example" }, "A157318"],
    ["an audience with more to it", { aud: `${ISSUER}/` }, "A157318"],
    ["an audience that is an object", { aud: { 0: ISSUER } }, "A157318"],
    ["an audience that is empty", { aud: "" }, "A157318"],
    ["no end", { exp: undefined }, "A157319"],
    ["an end that is past", { exp: seconds }, "A157320"],
    ["an end that is a text", { exp: "2030" }, "A157320"],
    ["an end that is too far away", { exp: seconds + 86_401 }, "A157320"],
    ["an end beyond all ends", { exp: 1e300 }, "A157320"],
    ["a beginning that is to come", { nbf: seconds + 1 }, "A157322"],
    ["a beginning that is a text", { nbf: "2029" }, "A157322"],
    ["made in the future", { iat: seconds + 1 }, "A157323"],
    ["made at no time", { iat: "now" }, "A157323"],
    ["no identifier", { jti: undefined }, "A157324"],
    ["an empty identifier", { jti: "" }, "A157324"],
    ["an identifier that is a number", { jti: 1 }, "A157324"],
  ])("are refused: %s", async (_, claims, code) => {
    const parameters = assertionParameters(await assertion({ claims }));
    expect(await refused(ask({ client_id: ID, ...parameters }))).toEqual(invalidClient(code));
  });

  it.each<[string, Record<string, unknown>]>([
    ["the issuer as audience, in a list", { aud: [ISSUER] }],
    ["the token endpoint as audience", { aud: TOKEN_ENDPOINT }],
    ["an audience among others", { aud: ["https://other.example", TOKEN_ENDPOINT] }],
    ["no time of making", { iat: undefined }],
    ["a beginning of this second", { nbf: seconds }],
    ["an end a day away", { exp: seconds + 86_400 }],
    ["an end in parts of a millisecond", { exp: seconds + 30.123_456_7 }],
    ["more claims", { extra: true }],
  ])("are good: %s", async (_, claims) => {
    expect(await askWith({ claims })).toMatchObject({ action: "OK" });
  });

  it("may be off by the clock skew that the service allows", async () => {
    await test.setService({ allowableClockSkew: 30 });
    expect(await askWith({ claims: { exp: seconds - 29 } })).toMatchObject({ action: "OK" });
    expect(await refusedWith({ claims: { exp: seconds - 30 } })).toEqual(invalidClient("A157320"));
    expect(await askWith({ claims: { nbf: seconds + 30, iat: seconds + 30 } })).toMatchObject({
      action: "OK",
    });
    expect(await refusedWith({ claims: { nbf: seconds + 31 } })).toEqual(invalidClient("A157322"));
  });

  it("name the issuer alone as audience where the service wants that", async () => {
    await test.setService({ clientAssertionAudRestrictedToIssuer: true });
    for (const aud of [ISSUER, [ISSUER]])
      expect(await askWith({ claims: { aud } })).toMatchObject({ action: "OK" });
    for (const aud of [TOKEN_ENDPOINT, [ISSUER, TOKEN_ENDPOINT], [], [[ISSUER]]]) {
      expect(await refusedWith({ claims: { aud } })).toEqual(invalidClient("A157318"));
    }
    await test.setService({ issuer: undefined });
    expect(await refusedWith({ claims: { aud: undefined } })).toEqual(invalidClient("A157318"));
  });

  it("name somebody even where the service has no name", async () => {
    await test.setService({ issuer: undefined, tokenEndpoint: "" });
    for (const aud of [undefined, "", null, [undefined], [""], [null]]) {
      const parameters = assertionParameters(await assertion({ claims: { aud } }));
      expect(await refused(ask({ client_id: ID, ...parameters }))).toEqual(invalidClient("A157318"));
    }
  });

  it("may name the address for mutual TLS as audience", async () => {
    const uri = "https://mtls.as.example/oauth/token";
    expect(await refusedWith({ claims: { aud: uri } })).toEqual(invalidClient("A157318"));
    await test.setService({ mtlsEndpointAliases: [{ name: "token_endpoint", uri }] });
    expect(await askWith({ claims: { aud: uri } })).toMatchObject({ action: "OK" });
  });

  it("are a JSON object", async () => {
    for (const payload of ["text", "[]", "null"]) {
      const jwt = await signJwt(own.privateKey, { header: { alg: "ES256" }, payload });
      expect(await refused(ask({ client_id: ID, ...assertionParameters(jwt) }))).toEqual(
        invalidClient("A157314"),
      );
    }
  });
});

describe("the signature of an assertion", () => {
  it("is made with a key of the client", async () => {
    expect(await refusedWith({ key: other.privateKey })).toEqual(invalidClient("A157326"));
    const signed = await assertion();
    expect(await refused(ask(assertionParameters(`${signed.slice(0, -4)}AAAA`)))).toEqual(
      invalidClient("A157326"),
    );
    expect(await refused(ask(assertionParameters(signed.replace(/[^.]*$/, ""))))).toEqual(
      invalidClient("A157326"),
    );
    expect(await ask(assertionParameters(signed))).toMatchObject({ action: "OK" });
  });

  it("is not made with a key that the assertion brings along", async () => {
    const header = { alg: "ES256", jwk: other.jwk, jku: "https://evil.example", x5u: "https://evil.example" };
    expect(await refusedWith({ key: other.privateKey, header })).toEqual(invalidClient("A157326"));
  });

  it("needs keys that can be had", async () => {
    await register({ jwks: undefined });
    expect(await refusedWith({})).toEqual(invalidClient("A156301"));
    await register({ jwks: jwkSet({ ...own.jwk, kid: "a" }) });
    expect(await refusedWith({ header: { alg: "ES256", kid: "b" } })).toEqual(invalidClient("A156304"));
    await register({ jwksUri: "https://client.example/jwks" });
    expect(await refusedWith({})).toEqual(invalidClient("A156302"));
  });

  it("follows the keys at the client's address when they change", async () => {
    const jwksUri = "https://client.example/jwks";
    await register({ jwksUri, jwks: undefined });
    test.published.set(jwksUri, jwkSet(own.jwk));
    expect(await askWith()).toMatchObject({ action: "OK" });
    test.published.set(jwksUri, jwkSet(other.jwk));
    expect(await refusedWith({})).toEqual(invalidClient("A157326"));
    expect(await askWith({ key: other.privateKey })).toMatchObject({ action: "OK" });
    expect(test.published.asked.map(({ fresh }) => fresh)).toEqual([false, false, true, false]);
  });
});

describe("an assertion is used once", () => {
  it("and refused the second time", async () => {
    const parameters = assertionParameters(await assertion());
    expect(await ask(parameters)).toMatchObject({ action: "OK" });
    expect(await refused(ask(parameters))).toEqual(invalidClient("A157324"));
    expect(await askWith()).toMatchObject({ action: "OK" });
  });

  it("by one of 64 who use it at the same time", async () => {
    const parameters = assertionParameters(await assertion());
    const answers = await Promise.all(Array.from({ length: 64 }, () => ask(parameters)));
    const codes = answers.map(({ resultCode }) => resultCode).toSorted();
    expect(codes).toEqual(["A052001", ...Array.from({ length: 63 }, () => "A157324")]);
    expect(test.issued()).toBe(1);
  });

  it("is remembered for as long as it could be used", async () => {
    await test.setService({ allowableClockSkew: 30 });
    const parameters = assertionParameters(await assertion());
    await ask(parameters);
    test.clock.advance(89_999);
    await test.store.removeExpired(test.clock(), 1000);
    expect(await refused(ask(parameters))).toEqual(invalidClient("A157324"));
    test.clock.advance(1);
    await test.store.removeExpired(test.clock(), 1000);
    expect(await refused(ask(parameters))).toEqual(invalidClient("A157320"));
  });

  it("is used up by nobody who cannot sign", async () => {
    const claims = { jti: "the same" };
    expect(await refusedWith({ claims, key: other.privateKey })).toEqual(invalidClient("A157326"));
    expect(await askWith({ claims })).toMatchObject({ action: "OK" });
  });

  it("may have an identifier that another client has used", async () => {
    const claims = { jti: "the same" };
    await test.setClient("3001", { ...(await test.store.findClient("1001", ID)), clientId: 3001 });
    expect(await askWith({ claims })).toMatchObject({ action: "OK" });
    expect(await askWith({ claims, clientId: "3001" })).toMatchObject({ action: "OK" });
    expect(await refusedWith({ claims, clientId: "3001" })).toEqual(invalidClient("A157324"));
  });
});
