import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AuthorizedGrant } from "../../../../src/server/engine/grant/authorized-grant.ts";
import type { TokenDetails } from "../../../../src/server/engine/records.ts";
import { hashOf } from "../../../../src/server/secret/hash.ts";
import { issued, jwtParts, summary, type TestEngine } from "../../../support/engine.ts";
import { freshCode, native, openGrantEngine, redeem, refreshWith, web } from "../../../support/grants.ts";
import { storedToken } from "../../../support/stored-token.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await openGrantEngine();
});
afterEach(() => test.close());

const tokensOf = async (grant: Partial<AuthorizedGrant> = {}) =>
  issued(await redeem(test, await freshCode(test, { grant })));

/** Stores tokens of a client with these details. */
const stored = (details: TokenDetails, client: { id: string } = web) =>
  storedToken(test, { clientId: Number(client.id), details });

const detailsOf = async (accessToken: unknown) =>
  (await test.store.engine.read.findByAccessToken("1001", hashOf(String(accessToken))))?.details;

describe("a refresh keeps", () => {
  it("session, grant, authentication and claims, and notes its time", async () => {
    const grant: Partial<AuthorizedGrant> = {
      acr: "high",
      authTime: 1_893_000_000,
      sessionId: "s-1",
      grantId: "g-1",
      authorizationDetails: { elements: [{ type: "payment" }] },
      userInfoClaims: '{"email":null}',
      claimNames: ["email"],
      consentedClaims: [],
      idToken: { sub: "a-1", audienceType: "string", requestedClaims: ["email"] },
      jwtAtClaims: '{"tenant":7}',
    };
    const first = await tokensOf(grant);
    const before = await detailsOf(first.accessToken);
    test.clock.advance(1000);
    await test.setService({ accessTokenSignAlg: "ES256" });
    const second = issued(await refreshWith(test, first.refreshToken));
    expect(await detailsOf(second.accessToken)).toEqual({ ...before, lastRefreshedAt: test.clock() });
    expect(second).toMatchObject({ grantId: "g-1", authorizationDetails: grant.authorizationDetails });
    expect(second).not.toHaveProperty("idToken");
    expect(jwtParts(String(second.jwtAccessToken)).payload).toMatchObject({
      acr: "high",
      auth_time: 1_893_000_000,
      grant_id: "g-1",
      grant_type: "authorization_code",
      authorization_details: [{ type: "payment" }],
      tenant: 7,
    });
    const row = await test.store.engine.read.findByAccessToken("1001", hashOf(second.accessToken));
    expect(row).toMatchObject({ sessionId: "s-1", grantId: "g-1", grantType: "AUTHORIZATION_CODE" });
  });

  it("all authorization details, even after an access token for fewer", async () => {
    const elements = [{ type: "payment" }, { type: "account" }];
    const { refreshToken } = await tokensOf({ authorizationDetails: { elements } });
    const call = { parameters: { authorization_details: '[{"type":"account"}]' } };
    const narrowed = issued(await refreshWith(test, refreshToken, call));
    expect(narrowed.authorizationDetails).toEqual({ elements: [{ type: "account" }] });
    const wider = issued(await refreshWith(test, narrowed.refreshToken));
    expect(wider.authorizationDetails).toEqual({ elements });
    expect(await detailsOf(wider.accessToken)).not.toHaveProperty("grantedAuthorizationDetails");
  });

  it("and takes no authorization details beyond the grant", async () => {
    const { refreshToken } = await tokensOf();
    const call = { parameters: { authorization_details: '[{"type":"account"}]' } };
    const expected = { action: "BAD_REQUEST", code: "A901305", error: "invalid_authorization_details" };
    expect(summary(await refreshWith(test, refreshToken, call))).toEqual(expected);
    expect((await refreshWith(test, refreshToken)).action).toBe("OK");
  });

  it("what the tokens are bound to", async () => {
    const details = { confirmation: { jkt: "old" } };
    const { refreshToken } = await stored(details);
    const answer = issued(await refreshWith(test, refreshToken));
    expect(await detailsOf(answer.accessToken)).toMatchObject(details);
    expect(JSON.parse(answer.responseContent).token_type).toBe("DPoP");
  });
});

describe("a refresh token that is bound to", () => {
  const refused = { action: "BAD_REQUEST", code: "A053311", error: "invalid_grant" };

  it("a DPoP key is no use without it", async () => {
    const { refreshToken, accessToken } = await stored({ refreshTokenJkt: "thumbprint" }, native);
    expect(summary(await refreshWith(test, refreshToken, { client: native }))).toEqual(refused);
    expect(await detailsOf(accessToken)).toEqual({ refreshTokenJkt: "thumbprint" });
    const unbound = await stored({}, native);
    expect((await refreshWith(test, unbound.refreshToken, { client: native })).action).toBe("OK");
  });

  it("a certificate is no use to a public client without it", async () => {
    const details = { confirmation: { "x5t#S256": "thumbprint" } };
    const { refreshToken } = await stored(details, native);
    expect(summary(await refreshWith(test, refreshToken, { client: native }))).toEqual(refused);
    const confidential = await stored(details);
    expect((await refreshWith(test, confidential.refreshToken)).action).toBe("OK");
  });
});

describe("after a refresh", () => {
  it("an ID token may be issued again where the service wants that", async () => {
    const grant = { idToken: { requestedClaims: ["email"], nonce: "n-1" } };
    const { refreshToken } = await tokensOf(grant);
    const plain = await refreshWith(test, refreshToken);
    expect(plain).toMatchObject({ action: "OK", resultCode: "A053001" });
    await test.setService({ idTokenReissuable: true });
    const answer = await refreshWith(test, issued(plain).refreshToken);
    expect(answer).toMatchObject({
      action: "ID_TOKEN_REISSUABLE",
      resultCode: "A053001",
      requestedIdTokenClaims: ["email"],
    });
    const body = JSON.parse(String((answer as { responseContent?: string }).responseContent));
    expect(body).toMatchObject({ access_token: (answer as { accessToken: string }).accessToken });
    expect(body).not.toHaveProperty("id_token");
  });

  it.each<[string, Partial<AuthorizedGrant>, Record<string, string>]>([
    ["the grant has no openid", { scopes: ["profile"] }, {}],
    ["the refresh leaves openid out", {}, { scope: "profile" }],
  ])("no ID token is issued again if %s", async (_, grant, parameters) => {
    await test.setService({ idTokenReissuable: true });
    const { refreshToken } = await tokensOf(grant);
    expect((await refreshWith(test, refreshToken, { parameters })).action).toBe("OK");
  });

  it("no ID token is issued again if openid fell away without offline_access", async () => {
    await test.setService({ idTokenReissuable: true, openidDroppedOnRefreshWithoutOfflineAccess: true });
    const { refreshToken } = await tokensOf();
    const answer = issued(await refreshWith(test, refreshToken));
    expect(answer.scopes).toEqual(["profile"]);
    const offline = await tokensOf({ scopes: ["openid", "offline_access"] });
    expect((await refreshWith(test, offline.refreshToken)).action).toBe("ID_TOKEN_REISSUABLE");
  });

  it("Native SSO goes on while its scope and its session are there", async () => {
    await test.setService({ nativeSsoSupported: true, idTokenReissuable: true });
    const nativeSso = { nonce: "n-1", state: "x" };
    const inSession = { clientId: Number(web.id), sessionId: "s-1", scopes: ["openid", "device_sso"] };
    const change = { ...inSession, refreshTokenScopes: inSession.scopes, details: { nativeSso } };
    const { refreshToken } = await storedToken(test, change);
    const answer = await refreshWith(test, refreshToken, { parameters: { device_secret: "held" } });
    expect(answer).toMatchObject({ action: "NATIVE_SSO", sessionId: "s-1", deviceSecret: "held" });
    expect(answer).not.toHaveProperty("responseContent");
    const tokens = answer as { accessToken: string; refreshToken: string };
    expect(await detailsOf(tokens.accessToken)).not.toHaveProperty("nativeSso");
    const narrowed = await refreshWith(test, tokens.refreshToken, { parameters: { scope: "openid" } });
    expect(narrowed.action).toBe("ID_TOKEN_REISSUABLE");
    const outside = await storedToken(test, { ...change, sessionId: undefined });
    expect((await refreshWith(test, outside.refreshToken)).action).toBe("ID_TOKEN_REISSUABLE");
  });

  it("an idempotent service repeats these answers too", async () => {
    await test.setService({ nativeSsoSupported: true, refreshTokenIdempotent: true });
    const scopes = ["openid", "device_sso"];
    const change = { clientId: Number(web.id), sessionId: "s-1", scopes, refreshTokenScopes: scopes };
    const { refreshToken } = await storedToken(test, change);
    const answer = await refreshWith(test, refreshToken);
    test.clock.advance(2000);
    expect(await refreshWith(test, refreshToken)).toEqual({ ...answer, previousRefreshTokenUsed: true });
    await test.setService({ nativeSsoSupported: false, idTokenReissuable: true });
    const { refreshToken: next } = answer as { refreshToken: string };
    const reissuable = await refreshWith(test, next);
    const repeated = await refreshWith(test, next);
    expect(repeated).toEqual({ ...reissuable, previousRefreshTokenUsed: true });
  });
});
