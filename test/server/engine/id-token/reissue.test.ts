import { createLocalJWKSet, jwtVerify } from "jose";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AuthorizedGrant } from "../../../../src/server/engine/grant/authorized-grant.ts";
import { ISSUER, issued, jwtParts, summary, type TestEngine } from "../../../support/engine.ts";
import { freshCode, openGrantEngine, redeem, refreshWith, web } from "../../../support/grants.ts";
import { storedToken } from "../../../support/stored-token.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await openGrantEngine({ service: { idTokenReissuable: true } });
});
afterEach(() => test.close());

const callerError = (code: string) => ({ action: "CALLER_ERROR", code, error: "server_error" });
const reissue = (call: object) => test.engine["idtoken/reissue"](call as never);

/** Tokens after a refresh, and the ID token before it. */
async function refreshed(grant: Partial<AuthorizedGrant> = {}) {
  const code = await freshCode(test, { grant, request: { nonce: "n-1", state: "x" } });
  const { idToken, refreshToken } = issued(await redeem(test, code));
  test.clock.advance(60_000);
  const answer = await refreshWith(test, refreshToken);
  if (answer.action !== "ID_TOKEN_REISSUABLE") throw new Error(`no reissue: ${JSON.stringify(answer)}`);
  return {
    idToken: String(idToken),
    tokens: { accessToken: answer.accessToken, refreshToken: answer.refreshToken },
  };
}

describe("an ID token that is issued again", () => {
  it("says of user and authentication what the first one said, and nothing of the first request", async () => {
    const { idToken, tokens } = await refreshed({
      acr: "high",
      authTime: 1_893_000_000,
      idToken: { sub: "a-1", nonce: "n-1", audienceType: "string", claims: '{"plan":"pro"}' },
    });
    test.clock.advance(1000);
    const answer = issued(await reissue(tokens));
    const first = jwtParts(idToken).payload;
    const { keys } = await test.engine["service/jwks/get"]({});
    const published = createLocalJWKSet({ keys } as Parameters<typeof createLocalJWKSet>[0]);
    const now = test.clock();
    const { payload } = await jwtVerify(answer.idToken, published, { currentDate: new Date(now) });
    expect(payload).toEqual({
      iss: first.iss,
      sub: "a-1",
      aud: web.id,
      acr: "high",
      auth_time: first.auth_time,
      iat: now / 1000,
      exp: now / 1000 + 3600,
    });
    expect(JSON.parse(answer.responseContent)).toEqual({
      access_token: tokens.accessToken,
      token_type: "Bearer",
      expires_in: 3599,
      scope: "openid profile",
      refresh_token: tokens.refreshToken,
      id_token: answer.idToken,
    });
  });

  it("takes subject, claims, header and audience type from the caller", async () => {
    const { tokens } = await refreshed();
    const claims = JSON.stringify({ email: "a@example.com", iss: "forged", nonce: "forged" });
    const { idToken } = issued(
      await reissue({ ...tokens, sub: "a-2", claims, idtHeaderParams: '{"x":1}', idTokenAudType: "string" }),
    );
    expect(jwtParts(idToken).header).toMatchObject({ x: 1 });
    const { payload } = jwtParts(idToken);
    expect(payload).toMatchObject({ iss: ISSUER, sub: "a-2", aud: web.id, email: "a@example.com" });
    expect(payload).not.toHaveProperty("nonce");
  });

  it("goes with the JWT form of the access token too", async () => {
    await test.setService({ accessTokenSignAlg: "ES256" });
    const code = await freshCode(test);
    const { refreshToken } = issued(await redeem(test, code));
    const answer = (await refreshWith(test, refreshToken)) as {
      jwtAccessToken?: string;
      refreshToken?: string;
    };
    const accessToken = answer.jwtAccessToken;
    const reissued = issued(await reissue({ accessToken, refreshToken: answer.refreshToken }));
    expect(JSON.parse(reissued.responseContent).access_token).toBe(accessToken);
  });

  it.each<[string, string, object]>([
    ["A901203", "the access token is missing", { accessToken: "" }],
    ["A901204", "the access token is unknown", { accessToken: "unknown" }],
    ["A901207", "the refresh token is missing", { refreshToken: null }],
    ["A901208", "the refresh token is another's", { refreshToken: "unknown" }],
    ["A901210", "the claims are no object", { claims: "7" }],
    ["A901211", "the header parameters are no object", { idtHeaderParams: "[]" }],
  ])("%s: is not, when %s", async (code, _, change) => {
    const { tokens } = await refreshed();
    expect(summary(await reissue({ ...tokens, ...change }))).toEqual(callerError(code));
    expect((await reissue(tokens)).action).toBe("OK");
  });

  it("is not, for tokens or at a service that are not for it", async () => {
    const { tokens } = await refreshed();
    await test.setService({ idTokenReissuable: false });
    expect(summary(await reissue(tokens))).toEqual(callerError("A901206"));
    await test.setService({ idTokenReissuable: true });
    for (const change of [{ scopes: ["profile"] }, { subject: undefined }]) {
      expect(summary(await reissue(await storedToken(test, change)))).toEqual(callerError("A901206"));
    }
    await test.setClient(web.id, { locked: true });
    expect(summary(await reissue(tokens))).toEqual(callerError("A901209"));
    await test.setClient(web.id, { locked: false });
    await test.setClient(web.id, { idTokenSignAlg: "NONE" });
    const expected = { action: "INTERNAL_SERVER_ERROR", code: "A046301", error: "invalid_request" };
    expect(summary(await reissue(tokens))).toEqual(expected);
    await test.setClient(web.id, { idTokenSignAlg: undefined });
    test.clock.advance(3_600_000);
    expect(summary(await reissue(tokens))).toEqual(callerError("A901205"));
  });
});
