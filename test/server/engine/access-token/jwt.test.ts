import { createHmac } from "node:crypto";
import { createLocalJWKSet, jwtVerify } from "jose";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  issued,
  issuedTokens,
  jwtParts,
  openTestEngine,
  passwordTicket,
  type TestEngine,
  testKeys,
} from "../../../support/engine.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await openTestEngine({ service: { accessTokenSignAlg: "ES256" } });
});
afterEach(() => test.close());

const introspect = (token: unknown) => test.engine["auth/introspection"]({ token: String(token) });

async function publicKeys() {
  const { keys } = await test.engine["service/jwks/get"]({});
  return createLocalJWKSet({ keys } as Parameters<typeof createLocalJWKSet>[0]);
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

describe("JWT access tokens", () => {
  it.each(["RS256", "PS256", "ES256", "EdDSA"] as const)(
    "%s: verify with the published keys",
    async (alg) => {
      await test.setService({ accessTokenSignAlg: alg });
      const answer = await issuedTokens(test.engine, { parameters: { resource: "https://api.example" } });
      const { payload, protectedHeader } = await jwtVerify(
        String(answer.jwtAccessToken),
        await publicKeys(),
        {
          currentDate: new Date(test.clock()),
          issuer: "https://as.example",
          audience: "https://api.example",
          typ: "at+jwt",
        },
      );
      expect(protectedHeader).toEqual({ alg, typ: "at+jwt", kid: expect.any(String) });
      expect(payload).toEqual({
        iss: "https://as.example",
        sub: "alice",
        client_id: "2000",
        scope: "openid profile",
        aud: ["https://api.example"],
        iat: test.clock() / 1000,
        exp: test.clock() / 1000 + 3600,
        jti: answer.accessToken,
        grant_type: "password",
      });
      expect(JSON.parse(answer.responseContent).access_token).toBe(answer.jwtAccessToken);
      expect(await introspect(answer.jwtAccessToken)).toMatchObject({ action: "OK", subject: "alice" });
      expect(await introspect(answer.accessToken)).toMatchObject({ action: "OK", subject: "alice" });
    },
  );

  it.each(["RS384", "RS512", "PS384", "PS512", "ES384", "ES512", "ES256K"] as const)(
    "%s: verify too",
    async (alg) => {
      const { generateKeyPairSync } = await import("node:crypto");
      const curve = { ES384: "P-384", ES512: "P-521", ES256K: "secp256k1" }[alg as string];
      const { privateKey } = curve
        ? generateKeyPairSync("ec", { namedCurve: curve })
        : generateKeyPairSync("rsa", { modulusLength: 2048 });
      const jwks = JSON.stringify({ keys: [{ ...privateKey.export({ format: "jwk" }), kid: "1" }] });
      await test.setService({ accessTokenSignAlg: alg, jwks });
      const { jwtAccessToken } = await issuedTokens(test.engine);
      expect(jwtParts(String(jwtAccessToken)).header).toEqual({ alg, typ: "at+jwt", kid: "1" });
      expect(await introspect(jwtAccessToken)).toMatchObject({ action: "OK" });
      if (alg !== "ES256K") {
        await jwtVerify(String(jwtAccessToken), await publicKeys(), { currentDate: new Date(test.clock()) });
      }
    },
  );

  it("have no audience unless a resource was asked for, and no subject for a client's own token", async () => {
    const { payload } = jwtParts(String((await issuedTokens(test.engine)).jwtAccessToken));
    expect(payload).not.toHaveProperty("aud");
    const own = await test.engine["auth/token"]({
      parameters: "grant_type=client_credentials",
      clientId: "2001",
      clientSecret: "backend-secret",
      jwtAtClaims: '{"tenant":7,"sub":"admin"}',
    });
    const claims = jwtParts(String(issued(own).jwtAccessToken)).payload;
    expect(claims).toMatchObject({ client_id: "2001", tenant: 7 });
    expect(claims).not.toHaveProperty("sub");
    expect(claims).not.toHaveProperty("scope");
  });

  it("let standard claims win over chosen ones, and those over properties; hidden properties stay hidden", async () => {
    const { jwtAccessToken, accessToken } = await issuedTokens(test.engine, {
      jwtAtClaims: JSON.stringify({
        iss: "x",
        sub: "x",
        jti: "x",
        exp: 1,
        client_id: "x",
        aud: "chosen",
        level: 3,
      }),
      properties: [
        { key: "level", value: "9" },
        { key: "shown", value: "1" },
        { key: "secret", value: "2", hidden: true },
        { key: "cnf", value: "forged" },
      ],
    });
    const { payload } = jwtParts(String(jwtAccessToken));
    expect(payload).toMatchObject({
      iss: "https://as.example",
      sub: "alice",
      jti: accessToken,
      client_id: "2000",
    });
    expect(payload).toMatchObject({ aud: "chosen", level: 3, shown: "1", exp: test.clock() / 1000 + 3600 });
    expect(payload).not.toHaveProperty("secret");
    expect(payload).not.toHaveProperty("cnf");
  });

  it("take a chosen value as their identifier", async () => {
    const answer = await issuedTokens(test.engine, { accessToken: "chosen" });
    expect(jwtParts(String(answer.jwtAccessToken)).payload).toMatchObject({ jti: "chosen" });
    expect(await introspect("chosen")).toMatchObject({ action: "OK" });
  });
});

describe("the signing key", () => {
  async function issueWith(service: Parameters<TestEngine["setService"]>[0]) {
    await test.setService(service);
    const ticket = await passwordTicket(test.engine);
    return test.engine["auth/token/issue"]({ ticket, subject: "alice" });
  }
  const noKey = { action: "INTERNAL_SERVER_ERROR", resultCode: "A061202" };

  it("must be the only one, unless the service names it", async () => {
    const keys = JSON.parse(await testKeys()).keys as { alg: string; kid: string }[];
    const es256 = keys.find(({ alg }) => alg === "ES256");
    const { generateServiceKeys } = await import("../../../../src/server/engine/keys.ts");
    const more = JSON.parse(await generateServiceKeys()).keys;
    const jwks = JSON.stringify({ keys: [...keys, ...more] });
    expect(await issueWith({ jwks })).toMatchObject(noKey);
    const accessTokenSignatureKeyId = String(es256?.kid);
    const { jwtAccessToken } = issued(await issueWith({ accessTokenSignatureKeyId }));
    expect(jwtParts(String(jwtAccessToken)).header.kid).toBe(accessTokenSignatureKeyId);
    expect(await issueWith({ accessTokenSignatureKeyId: "nobody" })).toMatchObject(noKey);
    expect(await issueWith({ accessTokenSignatureKeyId, accessTokenSignAlg: "RS256" })).toMatchObject(noKey);
  });

  it.each([
    ["no keys", undefined],
    ["no JWK Set", "not json"],
    ["null", "null"],
    ["a broken key", '{"keys":[{"kty":"EC","crv":"P-256","alg":"ES256","x":"x","y":"y","d":"d"}]}'],
  ])("must be there: %s", async (_, jwks) => {
    expect(await issueWith({ jwks })).toMatchObject(noKey);
  });

  it("must be private and for signatures", async () => {
    const [key] = JSON.parse(await testKeys()).keys.filter(({ alg }: { alg: string }) => alg === "ES256");
    expect(await issueWith({ jwks: JSON.stringify({ keys: [{ ...key, d: undefined }] }) })).toMatchObject(
      noKey,
    );
    expect(await issueWith({ jwks: JSON.stringify({ keys: [{ ...key, use: "enc" }] }) })).toMatchObject(
      noKey,
    );
    expect(await issueWith({ jwks: JSON.stringify({ keys: [{ ...key, use: undefined }] }) })).toMatchObject({
      action: "OK",
    });
  });

  it.each(["HS256", "NONE"] as const)("is never symmetric: %s", async (accessTokenSignAlg) => {
    const jwks = JSON.stringify({ keys: [{ kty: "oct", k: "c2VjcmV0", d: "c2VjcmV0" }] });
    expect(await issueWith({ accessTokenSignAlg, jwks })).toMatchObject(noKey);
  });
});

describe("a JWT that is not our access token is refused", () => {
  const refused = (code: string) => ({
    action: "UNAUTHORIZED",
    resultCode: code,
    existent: false,
    usable: false,
  });

  it.each<[string, (jwt: string) => string | Promise<string>, string]>([
    ["altered payload", (jwt) => altered(jwt, 1, { sub: "bob" }), "A057305"],
    ["no signature algorithm", (jwt) => altered(jwt, 0, { alg: "none" }), "A057304"],
    ["symmetric algorithm", (jwt) => hmacSigned(jwt), "A057304"],
    ["another algorithm", (jwt) => altered(jwt, 0, { alg: "PS256" }), "A057305"],
    ["another key", (jwt) => altered(jwt, 0, { kid: "other" }), "A057305"],
    ["another type", (jwt) => altered(jwt, 0, { typ: "JWT" }), "A057304"],
    ["critical extensions", (jwt) => altered(jwt, 0, { crit: ["x"] }), "A057304"],
    ["inherited algorithm", (jwt) => altered(jwt, 0, { alg: "toString" }), "A057304"],
    ["broken header", (jwt) => jwt.replace(/^[^.]+/, "eyJ"), "A057304"],
    ["other signature", (jwt) => `${jwt.slice(0, jwt.lastIndexOf("."))}.AAAA`, "A057305"],
  ])("%s", async (_, forge, code) => {
    const { jwtAccessToken } = await issuedTokens(test.engine);
    expect(await introspect(await forge(String(jwtAccessToken)))).toMatchObject(refused(code));
    expect(await introspect(jwtAccessToken)).toMatchObject({ action: "OK" });
  });

  it("signed by us, but without identifier", async () => {
    const { jwsAlgorithms, signCompact } = await import(
      "../../../../src/server/engine/jose/jws-algorithm.ts"
    );
    const { createPrivateKey } = await import("node:crypto");
    const [key] = JSON.parse(await testKeys()).keys.filter(({ alg }: { alg: string }) => alg === "ES256");
    const signed = (typ: string, payload: unknown) =>
      signCompact(
        `${encode({ alg: "ES256", typ, kid: key.kid })}.${encode(payload)}`,
        jwsAlgorithms.ES256 as never,
        createPrivateKey({ key, format: "jwk" }),
      );
    const { accessToken } = await issuedTokens(test.engine);
    expect(await introspect(signed("at+jwt", { jti: accessToken }))).toMatchObject({ action: "OK" });
    expect(await introspect(signed("at+jwt", { sub: "alice" }))).toMatchObject(refused("A057306"));
    expect(await introspect(signed("at+jwt", { jti: "unknown" }))).toMatchObject(refused("A057302"));
    expect(await introspect(signed("JWT", { jti: accessToken }))).toMatchObject(refused("A057304"));
  });

  it("is found by its text when it was chosen as a value", async () => {
    const accessToken = "eyJhIjoxfQ.eyJhIjoxfQ.AAAA";
    expect(await introspect(accessToken)).toMatchObject(refused("A057304"));
    await issuedTokens(test.engine, { accessToken });
    expect(await introspect(accessToken)).toMatchObject({ action: "OK" });
  });
});

function altered(jwt: string, part: number, change: Record<string, unknown>): string {
  const parts = jwt.split(".");
  const value = JSON.parse(Buffer.from(String(parts[part]), "base64url").toString());
  parts[part] = encode({ ...value, ...change });
  return parts.join(".");
}

async function hmacSigned(jwt: string): Promise<string> {
  const [, payload] = jwt.split(".");
  const input = `${encode({ ...jwtParts(jwt).header, alg: "HS256" })}.${payload}`;
  return `${input}.${createHmac("sha256", await testKeys())
    .update(input)
    .digest("base64url")}`;
}
