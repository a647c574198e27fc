import { hash, randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AccessToken } from "../../../../src/server/engine/records.ts";
import { anyText } from "../../../support/any-text.ts";
import { issueCertificate } from "../../../support/certificates.ts";
import {
  clients,
  contentOf,
  issuedTokens,
  openTestEngine,
  type TestEngine,
} from "../../../support/engine.ts";
import { type Keys, makeKeys, signJwt } from "../../../support/jwt.ts";
import { storedToken } from "../../../support/stored-token.ts";

const ENDPOINT = "https://as.example/userinfo";

let test: TestEngine;
beforeEach(async () => {
  test = await openTestEngine({ service: { userInfoEndpoint: ENDPOINT } });
});
afterEach(() => test.close());

const { firstParty } = clients;
const userinfo = (request: Record<string, unknown>) => test.engine["auth/userinfo"](request as never);
const tokenWith = async (change: Partial<AccessToken> = {}) => (await storedToken(test, change)).accessToken;

describe("userinfo", () => {
  it("tells whose claims are asked for, and which", async () => {
    await test.setService({ attributes: [{ key: "s", value: "1" }] });
    await test.setClient(firstParty.id, { attributes: [{ key: "c", value: "2" }], clientIdAlias: "own" });
    const userInfoClaims = '{"name":null,"nickname#ja":{"essential":true},"verified_claims":{},":old":null}';
    const token = await tokenWith({
      scopes: ["openid", "email", "phone"],
      properties: [{ key: "a", value: "1", hidden: true }],
      details: { userInfoClaims, consentedClaims: ["email"] },
    });
    expect(await userinfo({ token })).toEqual({
      resultCode: "A091001",
      resultMessage: expect.stringMatching(/^\[A091001\] /),
      action: "OK",
      token,
      subject: "alice",
      scopes: ["openid", "email", "phone"],
      clientId: 2000,
      clientIdAlias: "own",
      clientIdAliasUsed: false,
      claims: ["email", "email_verified", "phone_number", "phone_number_verified", "name", "nickname#ja"],
      userInfoClaims,
      consentedClaims: ["email"],
      properties: [{ key: "a", value: "1", hidden: true }],
      serviceAttributes: [{ key: "s", value: "1" }],
      clientAttributes: [{ key: "c", value: "2" }],
    });
  });

  it.each([
    [["openid"], undefined],
    [["openid", "address"], ["address"]],
    [["openid", "profile"], expect.arrayContaining(["name", "updated_at"])],
  ])("gives the claims of the scopes %j", async (scopes, claims) => {
    const answer = await userinfo({ token: await tokenWith({ scopes }) });
    expect(answer).toMatchObject({ action: "OK" });
    expect((answer as { claims?: unknown }).claims).toEqual(claims);
  });

  it("gives no claims that the service does not support", async () => {
    await test.setService({ supportedClaims: ["email", "nickname"] });
    const details = { userInfoClaims: '{"nickname#ja":null,"name":null}' };
    const token = await tokenWith({ scopes: ["openid", "email"], details });
    expect(await userinfo({ token })).toMatchObject({ claims: ["email", "nickname#ja"] });
  });

  it("can be asked any number of times", async () => {
    const token = await tokenWith();
    for (let call = 0; call < 3; call += 1) expect(await userinfo({ token })).toMatchObject({ action: "OK" });
  });
});

/** A refusal, with the parts of its challenge. */
async function refusalOf(request: Record<string, unknown>) {
  const answer = await userinfo(request);
  const { action, resultCode } = answer;
  const [, scheme, error] =
    /^(Bearer|DPoP) error="([a-z_]+)",error_description="\[A\d+\] /.exec(contentOf(answer)) ?? [];
  expect(answer).not.toHaveProperty("subject");
  return { action, code: resultCode, scheme, error };
}

const invalid = (code: string, scheme = "Bearer") => ({
  action: "UNAUTHORIZED",
  code,
  scheme,
  error: "invalid_token",
});

describe("userinfo refuses", () => {
  it.each([[undefined], [null], [""], [5], [{}]])("a call without a token: %j", async (token) => {
    expect(await refusalOf({ token })).toEqual({
      action: "BAD_REQUEST",
      code: "A088301",
      scheme: "Bearer",
      error: "invalid_request",
    });
  });

  it("a token that does not exist, whatever it looks like", async () => {
    await fc.assert(
      fc.asyncProperty(anyText({ minLength: 1 }), async (token) => {
        expect(await refusalOf({ token })).toMatchObject({ action: "UNAUTHORIZED", error: "invalid_token" });
      }),
      { numRuns: 50 },
    );
    expect(await refusalOf({ token: "unknown" })).toEqual(invalid("A088302"));
    const { refreshToken } = await storedToken(test);
    expect(await refusalOf({ token: refreshToken })).toEqual(invalid("A088302"));
  });

  it("a JWT that is not a sound access token of the service", async () => {
    await test.setService({ accessTokenSignAlg: "ES256" });
    const { jwtAccessToken = "" } = await issuedTokens(test.engine);
    const [header, payload, signature = ""] = jwtAccessToken.split(".");
    const forged = `${signature.startsWith("A") ? "B" : "A"}${signature.slice(1)}`;
    expect(await refusalOf({ token: `${header}.${payload}.${forged}` })).toEqual(invalid("A088307"));
    expect(await refusalOf({ token: "eyJhbGciOiJub25lIn0.e30.x" })).toEqual(invalid("A088306"));
  });

  it.each([
    [
      "that has expired alone",
      "A089301",
      { refreshTokenHash: undefined, refreshTokenExpiresAt: undefined },
      3600,
    ],
    ["that has expired with its refresh token", "A089302", {}, 86_400],
    ["that can be refreshed", "A089303", {}, 3600],
  ])("a token %s", async (_, code, change, seconds) => {
    const token = await tokenWith(change);
    test.clock.advance(3_600_000 - 1);
    expect(await userinfo({ token })).toMatchObject({ action: "OK" });
    test.clock.advance(seconds * 1000 - 3_600_000 + 1);
    expect(await refusalOf({ token })).toEqual(invalid(code));
  });

  it("a token without openid, and says what is wanted", async () => {
    const token = await tokenWith({ scopes: ["profile"] });
    expect(await refusalOf({ token })).toEqual({
      action: "FORBIDDEN",
      code: "A089304",
      scheme: "Bearer",
      error: "insufficient_scope",
    });
    expect(contentOf(await userinfo({ token }))).toMatch(/,scope="openid"$/);
  });

  it("a token without a subject", async () => {
    expect(await refusalOf({ token: await tokenWith({ subject: undefined }) })).toEqual(invalid("A089305"));
  });

  it("a token of the password grant", async () => {
    const { accessToken } = await issuedTokens(test.engine);
    expect(await refusalOf({ token: accessToken })).toEqual(invalid("A089306"));
  });

  it("a token whose client is gone, locked, or has to sign its requests", async () => {
    expect(await refusalOf({ token: await tokenWith({ clientId: 999 }) })).toEqual(invalid("A098301"));
    const token = await tokenWith();
    await test.setClient(firstParty.id, { locked: true });
    expect(await refusalOf({ token })).toEqual(invalid("A098303"));
    await test.setClient(firstParty.id, { locked: false, rsRequestSigned: true });
    expect(await refusalOf({ token })).toEqual(invalid("A902304"));
    await test.setClient(firstParty.id, { rsRequestSigned: false });
    expect(await userinfo({ token })).toMatchObject({ action: "OK" });
  });

  it("no more than the service wants to explain", async () => {
    await test.setService({ errorDescriptionOmitted: true, errorUriOmitted: true });
    expect(contentOf(await userinfo({ token: "unknown" }))).toBe('Bearer error="invalid_token"');
  });
});

describe("userinfo with a token that is bound to a certificate", () => {
  const own = issueCertificate();
  const other = issueCertificate();
  const thumbprint = hash("sha256", own.certificate.raw, "base64url");

  it("wants that certificate", async () => {
    const token = await tokenWith({ details: { confirmation: { "x5t#S256": thumbprint } } });
    expect(await userinfo({ token, clientCertificate: own.pem })).toMatchObject({ action: "OK" });
    expect(await refusalOf({ token })).toEqual(invalid("A089307"));
    expect(await refusalOf({ token, clientCertificate: "no certificate" })).toEqual(invalid("A089308"));
    expect(await refusalOf({ token, clientCertificate: other.pem })).toEqual(invalid("A089310"));
  });
});

describe("userinfo with a token that is bound to a key", () => {
  let keys: Keys;
  let token: string;
  beforeEach(async () => {
    keys = await makeKeys();
    token = await tokenWith({ details: { confirmation: { jkt: keys.jkt } } });
  });

  const proofOf = ({ jwk, privateKey }: Keys, claims: Record<string, unknown> = {}, header: object = {}) =>
    signJwt(privateKey, {
      header: { alg: "ES256", typ: "dpop+jwt", jwk, ...header },
      payload: {
        jti: randomUUID(),
        htm: "GET",
        htu: ENDPOINT,
        iat: test.clock() / 1000,
        ath: hash("sha256", token, "base64url"),
        ...claims,
      },
    });
  const call = async (dpop: string | undefined) => ({ token, dpop, htm: "GET" });

  it("wants a proof of that key for this call", async () => {
    expect(await userinfo(await call(await proofOf(keys)))).toMatchObject({ action: "OK", subject: "alice" });
    expect(await refusalOf(await call(undefined))).toEqual(invalid("A089311", "DPoP"));
    const foreign = await proofOf(await makeKeys());
    expect(await refusalOf(await call(foreign))).toEqual(invalid("A089312", "DPoP"));
  });

  it.each([
    ["for another method", { htm: "POST" }],
    ["for another address", { htu: "https://as.example/other" }],
    ["for another token", { ath: hash("sha256", "other", "base64url") }],
    ["of long ago", { iat: 1_800_000_000 }],
    ["without an identifier", { jti: undefined }],
  ])("refuses a proof %s", async (_, claims) => {
    expect(await refusalOf(await call(await proofOf(keys, claims)))).toEqual({
      ...invalid("A089313", "DPoP"),
      error: "invalid_dpop_proof",
    });
  });

  it("takes a proof once", async () => {
    const dpop = await proofOf(keys);
    const answers = await Promise.all(Array.from({ length: 64 }, async () => userinfo(await call(dpop))));
    expect(answers.filter(({ action }) => action === "OK")).toHaveLength(1);
  });

  it("refuses headers that prove nothing", async () => {
    const withoutKey = await proofOf(keys, {}, { jwk: undefined });
    expect(await refusalOf(await call(withoutKey))).toMatchObject({ code: "A089315" });
    expect(await refusalOf(await call("x"))).toMatchObject({ code: "A089313", error: "invalid_dpop_proof" });
  });

  it("wants the nonce that it gives out, and gives it with every answer", async () => {
    await test.setService({ dpopNonceRequired: true });
    const refused = await userinfo(await call(await proofOf(keys)));
    expect(refused).toMatchObject({ action: "UNAUTHORIZED", resultCode: "A902303" });
    expect(contentOf(refused)).toMatch(/^DPoP error="use_dpop_nonce"/);
    const { dpopNonce } = refused as { dpopNonce?: string };
    expect(dpopNonce).toMatch(/^[\w-]{43}$/);
    const answer = await userinfo(await call(await proofOf(keys, { nonce: dpopNonce })));
    expect(answer).toMatchObject({ action: "OK", dpopNonce });
    expect(await userinfo({})).toMatchObject({ resultCode: "A088301", dpopNonce });
  });

  it("does not take a bearer token with a proof", async () => {
    token = await tokenWith();
    expect(await refusalOf(await call(await proofOf(keys)))).toEqual(invalid("A089312", "DPoP"));
    expect(await userinfo({ token })).toMatchObject({ action: "OK" });
  });
});
