import { createLocalJWKSet, jwtVerify } from "jose";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hashOf } from "../../../../src/server/secret/hash.ts";
import {
  form,
  ISSUER,
  issued,
  jwtParts,
  oauthError,
  summary,
  type TestEngine,
} from "../../../support/engine.ts";
import {
  type CodeOptions,
  challenge,
  freshCode,
  isAlive,
  native,
  openGrantEngine,
  other,
  REDIRECT_URI,
  redeem,
  refreshWith,
  verifier,
  web,
} from "../../../support/grants.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await openGrantEngine();
});
afterEach(() => test.close());

const grantError = (code: string) => ({ action: "BAD_REQUEST", code, error: "invalid_grant" });
const requestError = (code: string) => ({ action: "BAD_REQUEST", code, error: "invalid_request" });
const fault = (code: string) => ({ action: "INTERNAL_SERVER_ERROR", code, error: "server_error" });

type Call = Parameters<typeof redeem>[2];

/** Checks that a redemption is refused, that nothing came of it, and that the code is as good as before. */
async function expectRefused(code: string, call: Call, expected: object, right: Call = {}) {
  const before = [test.issued(), test.artifacts()];
  expect(summary(await redeem(test, code, call))).toEqual(expected);
  expect([test.issued(), test.artifacts()]).toEqual(before);
  expect((await redeem(test, code, right)).action).toBe("OK");
}

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

describe("a redemption that does not fit its code is refused and leaves the code as it was", () => {
  const twice = ["https://web.example/callback", "https://web.example/callback"];

  it.each<[string, Call, object]>([
    ["code has no value", { parameters: { code: "" } }, requestError("A050302")],
    ["code comes twice", { parameters: { code: ["a", "b"] } }, requestError("A050303")],
    ["code is another", { parameters: { code: "unknown" } }, grantError("A050305")],
    ["redirect_uri comes twice", { parameters: { redirect_uri: twice } }, requestError("A050304")],
    ["redirect_uri is missing", { parameters: { redirect_uri: [] } }, grantError("A050308")],
    ["redirect_uri has no value", { parameters: { redirect_uri: "" } }, grantError("A050308")],
    ["redirect_uri is another", { parameters: { redirect_uri: `${REDIRECT_URI}/` } }, grantError("A050309")],
    ["the client is another", { client: other }, grantError("A050307")],
    ["there is a code_verifier", { parameters: { code_verifier: verifier } }, grantError("A050317")],
    [
      "a resource is no URI",
      { parameters: { resource: "api" } },
      { ...requestError("A251307"), error: "invalid_target" },
    ],
    ["properties are too big", { properties: [{ key: "a", value: "x".repeat(50_000) }] }, fault("A050201")],
  ])("%s", async (_, call, expected) => {
    await expectRefused(await freshCode(test), call, expected);
  });

  it("code is missing", async () => {
    const parameters = form({ grant_type: "authorization_code" });
    const call = { parameters, clientId: web.id, clientSecret: web.secret };
    expect(summary(await test.engine["auth/token"](call))).toEqual(requestError("A050301"));
  });

  it("a redirect_uri that the authorization request did not name", async () => {
    const code = await freshCode(test, { request: { redirectUriGiven: false } });
    const right = { parameters: { redirect_uri: [] } };
    await expectRefused(code, {}, grantError("A050310"), right);
  });

  it("a code that has expired", async () => {
    const code = await freshCode(test);
    test.clock.advance(599_999);
    const late = await freshCode(test, { artifact: { expiresAt: test.clock() } });
    expect(summary(await redeem(test, late))).toEqual(grantError("A050311"));
    expect((await redeem(test, code)).action).toBe("OK");
  });

  it("a code of another service", async () => {
    const code = await freshCode(test, { artifact: { serviceId: "1002" } });
    expect(summary(await redeem(test, code))).toEqual(grantError("A050306"));
    expect(test.issued()).toBe(0);
  });

  it("a code that is bound to a DPoP key, without a proof", async () => {
    const code = await freshCode(test, { request: { dpopJkt: "thumbprint" } });
    expect(summary(await redeem(test, code))).toEqual(grantError("A050318"));
    expect(test.issued()).toBe(0);
  });

  it("resources and authorization details beyond the grant", async () => {
    const details = [{ type: "payment", amount: 7 }, { type: "account" }];
    const options: CodeOptions = {
      grant: {
        resources: ["https://a.example", "https://b.example"],
        authorizationDetails: {
          elements: [{ type: "payment", otherFields: '{"amount":7}' }, { type: "account" }],
        },
      },
    };
    const code = await freshCode(test, options);
    const target = { ...requestError("A251309"), error: "invalid_target" };
    await expectRefused(code, { parameters: { resource: "https://c.example" } }, target);
    const beyond = { ...requestError("A249308"), error: "invalid_authorization_details" };
    const asking = (value: unknown) => ({ parameters: { authorization_details: JSON.stringify(value) } });
    for (const wrong of [
      [{ type: "other" }],
      [{ type: "payment", amount: 8 }],
      [...details, { type: "other" }],
    ]) {
      await expectRefused(await freshCode(test, options), asking(wrong), beyond);
    }
    for (const [wrong, number] of [
      ["{", "A249304"],
      ["{}", "A249305"],
      ["[7]", "A249306"],
      ["[{}]", "A249301"],
    ]) {
      const expected = { ...beyond, code: number };
      await expectRefused(
        await freshCode(test, options),
        { parameters: { authorization_details: String(wrong) } },
        expected,
      );
    }
    const narrowed = issued(
      await redeem(test, await freshCode(test, options), {
        parameters: {
          resource: "https://b.example",
          authorization_details: JSON.stringify([{ amount: 7, type: "payment" }]),
        },
      }),
    );
    expect(narrowed).toMatchObject({
      resources: ["https://b.example"],
      accessTokenResources: ["https://b.example"],
      authorizationDetails: { elements: [{ type: "payment", otherFields: '{"amount":7}' }] },
    });
    const refreshed = issued(await refreshWith(test, narrowed.refreshToken));
    expect(refreshed.accessTokenResources).toEqual(["https://a.example", "https://b.example"]);
    expect(oauthError(refreshed).authorization_details).toEqual(details);
  });

  it("a chosen access token that exists, JWTs and ID tokens that cannot be made", async () => {
    const first = issued(await redeem(test, await freshCode(test)));
    const { accessToken } = first;
    await expectRefused(await freshCode(test), { accessToken }, fault("A050101"), {
      accessToken: "another-value",
    });
    const code = await freshCode(test);
    await test.setService({ accessTokenSignAlg: "ES512" });
    expect(summary(await redeem(test, code))).toEqual(fault("A050202"));
    await test.setService({ accessTokenSignAlg: undefined });
    await test.setClient(web.id, { idTokenSignAlg: "NONE" });
    expect(summary(await redeem(test, code))).toEqual(requestError("A046301"));
    await test.setClient(web.id, { idTokenSignAlg: "ES512" });
    expect(summary(await redeem(test, code))).toEqual(fault("A046203"));
    await test.setClient(web.id, { idTokenSignAlg: "ES256" });
    expect((await redeem(test, code)).action).toBe("OK");
  });
});

describe("proof key for code exchange", () => {
  const withVerifier = (code_verifier: string | readonly string[]) => ({ parameters: { code_verifier } });
  const s256: CodeOptions = { request: { codeChallenge: challenge, codeChallengeMethod: "S256" } };
  const plain: CodeOptions = { request: { codeChallenge: verifier } };

  it.each<[string, CodeOptions]>([
    ["S256", s256],
    ["plain", plain],
    ["plain, by name", { request: { codeChallenge: verifier, codeChallengeMethod: "plain" } }],
  ])("%s: the right verifier redeems, every other is refused", async (_, options) => {
    const right = withVerifier(verifier);
    const refusals: [Call, string][] = [
      [{}, "A050312"],
      [withVerifier(""), "A050313"],
      [withVerifier([verifier, verifier]), "A050314"],
      [withVerifier(`${verifier}x`), "A050315"],
      [withVerifier(verifier.slice(0, 42)), "A050316"],
      [withVerifier("x".repeat(129)), "A050316"],
      [withVerifier(`${verifier.slice(1)}+`), "A050316"],
    ];
    for (const [call, number] of refusals) {
      await expectRefused(await freshCode(test, options), call, grantError(number), right);
    }
  });

  it("the challenge is no verifier of S256", async () => {
    await expectRefused(
      await freshCode(test, s256),
      withVerifier(challenge),
      grantError("A050315"),
      withVerifier(verifier),
    );
  });

  it.each(["pkceRequired", "pkceS256Required"] as const)("counts as it is set now: %s", async (flag) => {
    for (const set of [
      (value: boolean) => test.setService({ [flag]: value }),
      (value: boolean) => test.setClient(web.id, { [flag]: value }),
    ]) {
      const code = await freshCode(test, flag === "pkceRequired" ? {} : plain);
      const call = flag === "pkceRequired" ? {} : withVerifier(verifier);
      await set(true);
      const number = flag === "pkceRequired" ? "A050312" : "A050315";
      expect(summary(await redeem(test, code, call))).toEqual(grantError(number));
      expect((await redeem(test, await freshCode(test, s256), withVerifier(verifier))).action).toBe("OK");
      await set(false);
      expect((await redeem(test, code, call)).action).toBe("OK");
    }
  });
});

describe("a code that comes a second time", () => {
  it("is refused, and what it produced is revoked", async () => {
    const code = await freshCode(test);
    const first = issued(await redeem(test, code));
    expect(await isAlive(test, first.accessToken)).toBe(true);
    expect(summary(await redeem(test, code))).toEqual(grantError("A050305"));
    expect(await isAlive(test, first.accessToken)).toBe(false);
    expect(summary(await refreshWith(test, first.refreshToken))).toEqual(grantError("A053305"));
    expect(summary(await redeem(test, code))).toEqual(grantError("A050305"));
  });

  it("revokes refreshed tokens too, and no others", async () => {
    const code = await freshCode(test);
    const first = issued(await redeem(test, code));
    const refreshed = issued(await refreshWith(test, first.refreshToken));
    const unrelated = issued(await redeem(test, await freshCode(test)));
    await redeem(test, code);
    expect(await isAlive(test, refreshed.accessToken)).toBe(false);
    expect(await isAlive(test, unrelated.accessToken)).toBe(true);
  });

  it("from somebody who could not have redeemed it revokes nothing", async () => {
    const code = await freshCode(test, {
      request: { codeChallenge: challenge, codeChallengeMethod: "S256" },
    });
    const first = issued(await redeem(test, code, { parameters: { code_verifier: verifier } }));
    expect(summary(await redeem(test, code))).toEqual(grantError("A050312"));
    expect(summary(await redeem(test, code, { client: other }))).toEqual(grantError("A050307"));
    expect(await isAlive(test, first.accessToken)).toBe(true);
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
