import { createLocalJWKSet, jwtVerify } from "jose";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hashOf } from "../../../../src/server/secret/hash.ts";
import { form, ISSUER, issued, jwtParts, type TestEngine } from "../../../support/engine.ts";
import {
  type CodeOptions,
  freshCode,
  isAlive,
  native,
  openGrantEngine,
  REDIRECT_URI,
  redeem,
  web,
} from "../../../support/grants.ts";
import type { Call } from "./redemption.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await openGrantEngine();
});
afterEach(() => test.close());

describe("an authorization code", () => {
  it("yields an access token, a refresh token and an ID token", async () => {
    const code = await freshCode(test, {
      request: { nonce: "n-1", state: "af0ifjsldkj" },
      grant: { acr: "high", authTime: 1_893_000_000, idToken: { nonce: "n-1" } },
    });
    const answer = issued(await redeem(test, code));
    const now = test.clock();
    expect(answer).toEqual({
      resultCode: "A050001",
      resultMessage: expect.stringMatching(/^\[A050001\] /),
      action: "OK",
      responseContent: expect.any(String),
      accessToken: expect.stringMatching(/^[\w-]{43}$/),
      accessTokenExpiresAt: now + 3_600_000,
      accessTokenDuration: 3600,
      refreshToken: expect.stringMatching(/^[\w-]{43}$/),
      refreshTokenExpiresAt: now + 2_592_000_000,
      refreshTokenDuration: 2_592_000,
      refreshTokenScopes: ["openid", "profile"],
      idToken: expect.any(String),
      grantType: "AUTHORIZATION_CODE",
      clientAuthMethod: "CLIENT_SECRET_BASIC",
      clientId: Number(web.id),
      clientIdAliasUsed: false,
      subject: "alice",
      scopes: ["openid", "profile"],
    });
    expect(JSON.parse(answer.responseContent)).toEqual({
      access_token: answer.accessToken,
      token_type: "Bearer",
      expires_in: 3600,
      scope: "openid profile",
      refresh_token: answer.refreshToken,
      id_token: answer.idToken,
    });
    const { keys } = await test.engine["service/jwks/get"]({});
    const published = createLocalJWKSet({ keys } as Parameters<typeof createLocalJWKSet>[0]);
    const { payload } = await jwtVerify(String(answer.idToken), published, { currentDate: new Date(now) });
    expect(payload).toEqual({
      iss: ISSUER,
      sub: "alice",
      aud: [web.id],
      exp: now / 1000 + 3600,
      iat: now / 1000,
      auth_time: 1_893_000_000,
      acr: "high",
      nonce: "n-1",
      s_hash: expect.any(String),
    });
    expect(await isAlive(test, answer.accessToken)).toBe(true);
  });

  it("yields no ID token without openid, and no refresh token where nobody could use one", async () => {
    const answer = issued(await redeem(test, await freshCode(test, { grant: { scopes: ["profile"] } })));
    expect(answer).not.toHaveProperty("idToken");
    await test.setClient(web.id, { grantTypes: ["AUTHORIZATION_CODE"] });
    expect(issued(await redeem(test, await freshCode(test)))).not.toHaveProperty("refreshToken");
    await test.setClient(web.id, { grantTypes: ["AUTHORIZATION_CODE", "REFRESH_TOKEN"] });
    await test.setService({ supportedGrantTypes: ["AUTHORIZATION_CODE"] });
    expect(issued(await redeem(test, await freshCode(test)))).not.toHaveProperty("refreshToken");
  });

  it("keeps what was settled when it was issued", async () => {
    const authorizationDetails = { elements: [{ type: "payment", otherFields: '{"amount":7}' }] };
    const code = await freshCode(test, {
      grant: {
        tokenId: "the-id",
        acr: "high",
        authTime: 1_893_000_000,
        authorizationDetails,
        userInfoClaims: '{"email":null}',
        claimNames: ["email"],
        consentedClaims: ["email"],
        sessionId: "s-1",
        grantId: "g-1",
        idToken: {
          sub: "a-1",
          nonce: "n-1",
          audienceType: "string",
          authTimeRequired: true,
          requestedClaims: ["email"],
        },
      },
    });
    const answer = issued(await redeem(test, code));
    expect(answer).toMatchObject({ authorizationDetails, grantId: "g-1" });
    expect(JSON.parse(answer.responseContent)).toMatchObject({
      authorization_details: [{ type: "payment", amount: 7 }],
      grant_id: "g-1",
    });
    expect(jwtParts(String(answer.idToken)).payload).toMatchObject({ sub: "a-1", aud: web.id });
    const row = await test.store.engine.read.findByAccessToken("1001", hashOf(answer.accessToken));
    expect(row).toMatchObject({
      id: "the-id",
      grantType: "AUTHORIZATION_CODE",
      sessionId: "s-1",
      grantId: "g-1",
      details: {
        acr: "high",
        authTime: 1_893_000_000,
        authorizationDetails,
        userInfoClaims: '{"email":null}',
        claimNames: ["email"],
        consentedClaims: ["email"],
        idToken: { sub: "a-1", audienceType: "string", authTimeRequired: true, requestedClaims: ["email"] },
      },
    });
  });

  it("gives a JWT access token what the grant says", async () => {
    await test.setService({ accessTokenSignAlg: "ES256" });
    const code = await freshCode(test, {
      grant: {
        acr: "high",
        authTime: 1_893_000_000,
        authorizationDetails: { elements: [{ type: "payment", actions: ["pay"], dataTypes: ["sum"] }] },
        grantId: "g-1",
        resources: ["https://api.example"],
        jwtAtClaims: '{"tenant":7,"acr":"forged","grant_id":"forged"}',
      },
    });
    const { jwtAccessToken } = issued(await redeem(test, code));
    expect(jwtParts(String(jwtAccessToken)).payload).toMatchObject({
      acr: "high",
      auth_time: 1_893_000_000,
      authorization_details: [{ type: "payment", actions: ["pay"], datatypes: ["sum"] }],
      grant_id: "g-1",
      grant_type: "authorization_code",
      aud: ["https://api.example"],
      tenant: 7,
    });
  });

  it("takes lifetimes from the call, else from the decision", async () => {
    const grant = { accessTokenDuration: 100, refreshTokenDuration: 200 };
    const decided = issued(await redeem(test, await freshCode(test, { grant })));
    expect(decided).toMatchObject({ accessTokenDuration: 100, refreshTokenDuration: 200 });
    const call = { accessTokenDuration: 10, refreshTokenDuration: 20 };
    const called = issued(await redeem(test, await freshCode(test, { grant }), call));
    expect(called).toMatchObject({ accessTokenDuration: 10, refreshTokenDuration: 20 });
  });

  it("unites the properties of both calls; the later wins", async () => {
    const grant = {
      properties: [
        { key: "a", value: "1", hidden: false },
        { key: "b", value: "1", hidden: false },
      ],
    };
    const properties = [
      { key: "b", value: "2" },
      { key: "c", value: "3", hidden: true },
    ];
    const answer = issued(await redeem(test, await freshCode(test, { grant }), { properties }));
    expect(answer.properties).toEqual([
      { key: "a", value: "1", hidden: false },
      { key: "b", value: "2", hidden: false },
      { key: "c", value: "3", hidden: true },
    ]);
    expect(JSON.parse(answer.responseContent)).toMatchObject({ a: "1", b: "2" });
    expect(JSON.parse(answer.responseContent)).not.toHaveProperty("c");
  });

  it("ends the earlier tokens of the subject where only one is allowed", async () => {
    await test.setClient(web.id, { singleAccessTokenPerSubject: true });
    const first = issued(await redeem(test, await freshCode(test)));
    const second = issued(await redeem(test, await freshCode(test)));
    expect(await isAlive(test, first.accessToken)).toBe(false);
    expect(await isAlive(test, second.accessToken)).toBe(true);
  });

  it("may be for a public client, which need not name itself where the service allows that", async () => {
    const grant = { clientId: Number(native.id) };
    const answer = issued(await redeem(test, await freshCode(test, { grant }), { client: native }));
    expect(answer).toMatchObject({ clientId: Number(native.id), clientAuthMethod: "NONE" });
    await test.setService({ missingClientIdAllowed: true });
    const code = await freshCode(test, { grant });
    const parameters = form({ grant_type: "authorization_code", code, redirect_uri: REDIRECT_URI });
    expect((await test.engine["auth/token"]({ parameters })).action).toBe("OK");
  });
});

describe("Native SSO", () => {
  const grant = { scopes: ["openid", "device_sso"], sessionId: "s-1", idToken: { nonce: "n-1" } };
  const ask = (options: CodeOptions, call: Call = {}) =>
    freshCode(test, options).then((code) => redeem(test, code, call));

  it("leaves body and ID token to its own operation; the tokens are issued", async () => {
    await test.setService({ nativeSsoSupported: true });
    const answer = await ask({ grant, request: { nonce: "n-1", state: "x" } });
    expect(answer).toMatchObject({ action: "NATIVE_SSO", resultCode: "A050002", sessionId: "s-1" });
    for (const name of ["responseContent", "idToken", "deviceSecret"])
      expect(answer).not.toHaveProperty(name);
    expect(await isAlive(test, (answer as { accessToken: string }).accessToken)).toBe(true);
    expect(answer).toHaveProperty("refreshToken");
  });

  it("hands over the device secret that the client holds", async () => {
    await test.setService({ nativeSsoSupported: true });
    const answer = await ask({ grant }, { parameters: { device_secret: "held" } });
    expect(answer).toMatchObject({ action: "NATIVE_SSO", deviceSecret: "held" });
  });

  it.each<[string, boolean, CodeOptions]>([
    ["a service that does not have it", false, { grant }],
    ["no device_sso", true, { grant: { ...grant, scopes: ["openid"] } }],
    ["no openid", true, { grant: { ...grant, scopes: ["device_sso"] } }],
    ["no session", true, { grant: { scopes: ["openid", "device_sso"] } }],
  ])("is not for %s", async (_, nativeSsoSupported, options) => {
    await test.setService({ nativeSsoSupported });
    expect(await ask(options)).toMatchObject({ action: "OK", resultCode: "A050001" });
  });
});
