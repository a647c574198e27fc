import { generateKeyPairSync, hash } from "node:crypto";
import fc from "fast-check";
import { compactDecrypt, createLocalJWKSet, jwtVerify } from "jose";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Client } from "../../../../src/server/authlete/client.ts";
import type { AccessToken } from "../../../../src/server/engine/records.ts";
import { clients, contentOf, jwtParts, openTestEngine, type TestEngine } from "../../../support/engine.ts";
import { jwkSet } from "../../../support/jwt.ts";
import { storedToken } from "../../../support/stored-token.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await openTestEngine();
});
afterEach(() => test.close());

const { firstParty } = clients;
const issue = (request: Record<string, unknown>) => test.engine["auth/userinfo/issue"](request as never);
const tokenWith = async (change: Partial<AccessToken> = {}) => (await storedToken(test, change)).accessToken;
const setClient = (change: Partial<Client>) => test.setClient(firstParty.id, change);

const claims = '{"name":"Alice","email":"alice@example.com"}';

async function jsonOf(request: Record<string, unknown>) {
  const answer = await issue(request);
  expect(answer).toMatchObject({ action: "JSON", resultCode: "A096001" });
  return JSON.parse(contentOf(answer));
}

describe("issuing userinfo as JSON", () => {
  it("gives the claims and who they are about", async () => {
    const token = await tokenWith();
    const expected = { sub: "alice", name: "Alice", email: "alice@example.com" };
    expect(await jsonOf({ token, claims })).toEqual(expected);
    for (const none of [undefined, null, "", "{}"]) {
      expect(await jsonOf({ token, claims: none })).toEqual({ sub: "alice" });
    }
  });

  it("does not let claims say who they are about, and leaves out those without a value", async () => {
    const token = await tokenWith();
    const given = '{"sub":"mallory","name":null,"__proto__":{"sub":"mallory"},"email":"a@example.com"}';
    const answer = await issue({ token, claims: given });
    expect(contentOf(answer)).toBe('{"sub":"alice","__proto__":{"sub":"mallory"},"email":"a@example.com"}');
  });

  it("gives the sub of the ID token", async () => {
    const token = await tokenWith({ details: { idToken: { sub: "pseudonym" } } });
    expect(await jsonOf({ token })).toEqual({ sub: "pseudonym" });
    expect(await jsonOf({ token, sub: "other" })).toEqual({ sub: "other" });
    expect(await jsonOf({ token, sub: "" })).toEqual({ sub: "pseudonym" });
  });

  it("gives a pairwise subject to a client that is registered for that", async () => {
    await setClient({ subjectType: "PAIRWISE", sectorIdentifierUri: "https://a.example/sector" });
    const { sub } = await jsonOf({ token: await tokenWith() });
    expect(sub).toMatch(/^[\w-]{43}$/);
    expect(await jsonOf({ token: await tokenWith(), claims: '{"sub":"alice"}' })).toEqual({ sub });
    expect((await jsonOf({ token: await tokenWith({ subject: "bob" }) })).sub).not.toBe(sub);
  });
});

describe("issuing userinfo as a JWT", () => {
  async function verified(jwt: string) {
    const { keys } = await test.engine["service/jwks/get"]({});
    const currentDate = new Date(test.clock());
    return jwtVerify(jwt, createLocalJWKSet({ keys: keys ?? [] } as never), { currentDate });
  }

  it.each(["RS256", "PS256", "ES256", "EdDSA"] as const)("signs it with %s", async (alg) => {
    await setClient({ userInfoSignAlg: alg });
    const answer = await issue({ token: await tokenWith(), claims });
    expect(answer).toMatchObject({ action: "JWT", resultCode: "A096001" });
    const { payload, protectedHeader } = await verified(contentOf(answer));
    expect(protectedHeader.alg).toBe(alg);
    expect(payload).toEqual({
      sub: "alice",
      name: "Alice",
      email: "alice@example.com",
      iss: "https://as.example",
      aud: ["2000"],
      iat: test.clock() / 1000,
    });
  });

  it("does not let claims say who made it, for whom or until when", async () => {
    await setClient({ userInfoSignAlg: "ES256" });
    const forged = '{"iss":"https://evil.example","aud":"other","iat":1,"exp":9999999999,"sub":"mallory"}';
    const answer = await issue({ token: await tokenWith(), claims: forged });
    expect(jwtParts(contentOf(answer)).payload).toEqual({
      sub: "alice",
      iss: "https://as.example",
      aud: ["2000"],
      iat: test.clock() / 1000,
    });
  });

  it("calls the client by its alias where it calls itself so, in the form that the service wants", async () => {
    await test.setService({ idTokenAudType: "string" });
    await setClient({ userInfoSignAlg: "ES256", clientIdAlias: "own" });
    const answer = await issue({ token: await tokenWith({ clientIdAliasUsed: true }) });
    expect(jwtParts(contentOf(answer)).payload.aud).toBe("own");
  });

  it("signs it with the client's secret", async () => {
    const clientSecret = "s".repeat(32);
    await setClient({ userInfoSignAlg: "HS256", clientSecret });
    const jwt = contentOf(await issue({ token: await tokenWith(), claims }));
    const currentDate = new Date(test.clock());
    expect((await jwtVerify(jwt, Buffer.from(clientSecret), { currentDate })).payload.name).toBe("Alice");
  });

  it("leaves it unsecured where the client is registered so", async () => {
    await setClient({ userInfoSignAlg: "NONE" });
    const jwt = contentOf(await issue({ token: await tokenWith(), claims }));
    expect(jwt.endsWith(".")).toBe(true);
    expect(jwtParts(jwt)).toMatchObject({
      header: { alg: "none" },
      payload: { sub: "alice", aud: ["2000"] },
    });
  });

  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const jwks = jwkSet({ ...publicKey.export({ format: "jwk" }), kid: "enc", use: "enc" });

  it("encrypts it for the client's key, signed first", async () => {
    await setClient({ jwks, userInfoSignAlg: "ES256", userInfoEncryptionAlg: "RSA_OAEP_256" });
    const answer = await issue({ token: await tokenWith(), claims });
    expect(answer).toMatchObject({ action: "JWT" });
    const { plaintext, protectedHeader } = await compactDecrypt(contentOf(answer), privateKey);
    expect(protectedHeader).toMatchObject({ alg: "RSA-OAEP-256", enc: "A128CBC-HS256", cty: "JWT" });
    expect((await verified(Buffer.from(plaintext).toString())).payload.name).toBe("Alice");
  });

  it("encrypts bare claims where no signature is registered", async () => {
    await setClient({ userInfoEncryptionAlg: "DIR", userInfoEncryptionEnc: "A256GCM" });
    const answer = await issue({ token: await tokenWith(), claims });
    const key = hash("sha256", firstParty.secret, "buffer");
    const { plaintext, protectedHeader } = await compactDecrypt(contentOf(answer), key);
    expect(protectedHeader).toEqual({ alg: "dir", enc: "A256GCM" });
    expect(JSON.parse(Buffer.from(plaintext).toString())).toEqual({ sub: "alice", ...JSON.parse(claims) });
  });

  const encryption = { jwks, userInfoEncryptionAlg: "RSA_OAEP_256" } as const;
  const cases: [string, Partial<Client>][] = [
    ["A164102", { userInfoSignAlg: "XS256" }],
    ["A162203", { userInfoSignAlg: "ES512" }],
    ["A164201", { userInfoSignAlg: "HS256", clientSecret: "short" }],
    ["A164201", { userInfoSignAlg: "HS256", clientType: "PUBLIC", clientSecret: "s".repeat(32) }],
    ["A164105", { ...encryption, userInfoEncryptionAlg: "RSA1_5" }],
    ["A164105", { ...encryption, userInfoEncryptionEnc: "A1" }],
    ["A163301", { userInfoEncryptionAlg: "RSA_OAEP_256" }],
    ["A163101", { userInfoEncryptionAlg: "RSA_OAEP_256", jwksUri: "https://client.example/jwks" }],
    ["A163305", { ...encryption, userInfoEncryptionAlg: "ECDH_ES" }],
    ["A163307", { ...encryption, jwks: jwkSet(...[1, 2].map(() => publicKey.export({ format: "jwk" }))) }],
    ["A164301", { userInfoEncryptionAlg: "A128KW", clientSecret: "" }],
  ];

  it.each(cases)("refuses %s rather than to give less than the client wants: %j", async (code, change) => {
    await setClient(change);
    const answer = await issue({ token: await tokenWith(), claims });
    expect(answer).toMatchObject({ action: "INTERNAL_SERVER_ERROR", resultCode: code });
    expect(contentOf(answer)).toMatch(/^Bearer error="server_error",error_description="\[A16/);
    expect(contentOf(answer)).not.toContain("Alice");
  });

  it("takes the key that the service names", async () => {
    const { keys = [] } = await test.engine["service/jwks/get"]({ includePrivateKeys: true });
    const own = keys.find(({ alg }) => alg === "ES256");
    await test.setService({ jwks: jwkSet(...keys, { ...own, kid: "second" }) });
    await setClient({ userInfoSignAlg: "ES256" });
    const token = await tokenWith();
    expect(await issue({ token })).toMatchObject({ resultCode: "A162204" });
    await test.setService({ userInfoSignatureKeyId: "second" });
    expect(jwtParts(contentOf(await issue({ token }))).header.kid).toBe("second");
  });
});

describe("issuing userinfo refuses", () => {
  it.each(["[]", "1", "{", "null", '"text"'])("the claims %s", async (given) => {
    const answer = await issue({ token: await tokenWith(), claims: given });
    expect(answer).toMatchObject({ action: "INTERNAL_SERVER_ERROR", resultCode: "A094201" });
  });

  it("or gives what is nested deeper than anything, and does not break", async () => {
    const token = await tokenWith();
    const deep = `{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}`;
    expect(["JSON", "INTERNAL_SERVER_ERROR"]).toContain((await issue({ token, claims: deep })).action);
    await setClient({ userInfoSignAlg: "ES256" });
    expect(["JWT", "INTERNAL_SERVER_ERROR"]).toContain((await issue({ token, claims: deep })).action);
  });

  const cases: [string, string, string, Partial<AccessToken>, Partial<Client>][] = [
    ["FORBIDDEN", "A093304", "openid", { scopes: ["profile"] }, {}],
    ["UNAUTHORIZED", "A093305", "a subject", { subject: undefined }, {}],
    ["UNAUTHORIZED", "A093306", "another grant", { grantType: "PASSWORD" }, {}],
    ["UNAUTHORIZED", "A095301", "its client", { clientId: 999 }, {}],
    ["UNAUTHORIZED", "A902306", "a client that may", {}, { locked: true }],
    ["UNAUTHORIZED", "A902305", "a signature", {}, { rsRequestSigned: true }],
  ];

  it.each(cases)("%s %s: a token without %s", async (action, code, _, change, client) => {
    const token = await tokenWith(change);
    await setClient(client);
    expect(await issue({ token, claims })).toMatchObject({ action, resultCode: code });
  });

  it("expired tokens and those that never were", async () => {
    const token = await tokenWith();
    const alone = await tokenWith({ refreshTokenHash: undefined, refreshTokenExpiresAt: undefined });
    test.clock.advance(3_600_000);
    expect(await issue({ token })).toMatchObject({ action: "UNAUTHORIZED", resultCode: "A093303" });
    expect(await issue({ token: alone })).toMatchObject({ action: "UNAUTHORIZED", resultCode: "A093301" });
    test.clock.advance(86_400_000);
    expect(await issue({ token })).toMatchObject({ action: "UNAUTHORIZED", resultCode: "A093302" });
    expect(await issue({ token: "unknown" })).toMatchObject({
      action: "UNAUTHORIZED",
      resultCode: "A092302",
    });
    expect(await issue({ token: "eyJhbGciOiJub25lIn0.e30.x" })).toMatchObject({ resultCode: "A092306" });
    expect(await issue({})).toMatchObject({ action: "BAD_REQUEST", resultCode: "A092301" });
  });

  it("nothing else, whatever it is given", async () => {
    const token = await tokenWith();
    const request = fc.record({ claims: fc.oneof(fc.json(), fc.anything()), sub: fc.anything() });
    await fc.assert(
      fc.asyncProperty(request, async (given) => {
        const { action } = await issue({ token, ...given });
        expect(["JSON", "INTERNAL_SERVER_ERROR"]).toContain(action);
      }),
    );
  });
});
