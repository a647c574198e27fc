import { createHash } from "node:crypto";
import { createLocalJWKSet, jwtVerify } from "jose";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ISSUER, issued, jwtParts, summary, type TestEngine } from "../../../support/engine.ts";
import { freshCode, redeem, refreshWith, web } from "../../../support/grants.ts";
import { callerError, firstTokens, hashOf, nativeSso, openNativeSsoEngine, type Tokens } from "./session.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await openNativeSsoEngine();
});
afterEach(() => test.close());

describe("nativesso", () => {
  it("ties the tokens to session and device secret in an ID token that answers the request", async () => {
    const { accessToken, refreshToken, action } = await firstTokens(test);
    expect(action).toBe("NATIVE_SSO");
    test.clock.advance(10_000);
    const claims = JSON.stringify({ given_name: "Alice", sid: "forged", ds_hash: "forged" });
    const answer = issued(
      await nativeSso(test, { accessToken, refreshToken, deviceSecret: "secret-1", claims }),
    );
    expect(answer.resultCode).toBe("A501001");
    expect(JSON.parse(answer.responseContent)).toEqual({
      access_token: accessToken,
      token_type: "Bearer",
      expires_in: 3590,
      scope: "openid device_sso",
      refresh_token: refreshToken,
      id_token: answer.idToken,
      device_secret: "secret-1",
    });
    const { keys } = await test.engine["service/jwks/get"]({});
    const published = createLocalJWKSet({ keys } as Parameters<typeof createLocalJWKSet>[0]);
    const now = test.clock();
    const { payload } = await jwtVerify(answer.idToken, published, { currentDate: new Date(now) });
    expect(payload).toEqual({
      iss: ISSUER,
      sub: "alice",
      aud: [web.id],
      exp: now / 1000 + 3600,
      iat: now / 1000,
      auth_time: 1_893_000_000,
      acr: "high",
      nonce: "n-1",
      sid: "s-1",
      ds_hash: hashOf("secret-1"),
      s_hash: createHash("sha256").update("x").digest().subarray(0, 16).toString("base64url"),
      given_name: "Alice",
    });
  });

  it("takes subject, audience type, header and hash from the caller", async () => {
    const { accessToken } = await firstTokens(test);
    const call = {
      accessToken,
      deviceSecret: "secret-1",
      deviceSecretHash: "h-1",
      sub: "a-1",
      idTokenAudType: "string",
    };
    const answer = issued(await nativeSso(test, { ...call, idtHeaderParams: '{"x":1}' }));
    const { header, payload } = jwtParts(answer.idToken);
    expect(header).toMatchObject({ x: 1, alg: "RS256" });
    expect(payload).toMatchObject({ sub: "a-1", aud: web.id, ds_hash: "h-1" });
    expect(JSON.parse(answer.responseContent)).not.toHaveProperty("refresh_token");
  });

  it("knows the JWT form of the access token", async () => {
    await test.setService({ accessTokenSignAlg: "ES256" });
    const tokens = (await firstTokens(test)) as unknown as { jwtAccessToken: string };
    const answer = issued(
      await nativeSso(test, { accessToken: tokens.jwtAccessToken, deviceSecret: "secret-1" }),
    );
    expect(JSON.parse(answer.responseContent).access_token).toBe(tokens.jwtAccessToken);
  });

  it("does not repeat the nonce after a refresh", async () => {
    const { refreshToken } = await firstTokens(test);
    const { accessToken } = (await refreshWith(test, refreshToken)) as unknown as Tokens;
    const { idToken } = issued(await nativeSso(test, { accessToken, deviceSecret: "secret-1" }));
    expect(jwtParts(idToken).payload).toMatchObject({ sid: "s-1" });
    for (const name of ["nonce", "s_hash"]) expect(jwtParts(idToken).payload).not.toHaveProperty(name);
  });

  it.each<[string, string, object]>([
    ["A901212", "the access token is missing", { accessToken: undefined }],
    ["A901213", "the access token is unknown", { accessToken: "unknown" }],
    ["A901216", "the device secret is missing", { deviceSecret: "" }],
    ["A901217", "the refresh token is another's", { refreshToken: "unknown" }],
    ["A901219", "the claims are no object", { claims: "[]" }],
    ["A901220", "the header parameters are no object", { idtHeaderParams: "x" }],
  ])("%s: is the caller's error when %s", async (code, _, change) => {
    const { accessToken } = await firstTokens(test);
    const right = { accessToken, deviceSecret: "secret-1" };
    expect(summary(await nativeSso(test, { ...right, ...change }))).toEqual(callerError(code));
    expect((await nativeSso(test, right)).action).toBe("OK");
  });

  it("is for live tokens of a session, at a service that has Native SSO", async () => {
    const { accessToken } = await firstTokens(test);
    const call = { accessToken, deviceSecret: "secret-1" };
    await test.setService({ nativeSsoSupported: false });
    expect(summary(await nativeSso(test, call))).toEqual(callerError("A901215"));
    await test.setService({ nativeSsoSupported: true });
    const outside = issued(await redeem(test, await freshCode(test)));
    expect(summary(await nativeSso(test, { ...call, accessToken: outside.accessToken }))).toEqual(
      callerError("A901215"),
    );
    await test.setClient(web.id, { locked: true });
    expect(summary(await nativeSso(test, call))).toEqual(callerError("A901218"));
    await test.setClient(web.id, { locked: false });
    test.clock.advance(3_600_000);
    expect(summary(await nativeSso(test, call))).toEqual(callerError("A901214"));
  });

  it("is the service's error when no ID token can be made", async () => {
    const { accessToken } = await firstTokens(test);
    await test.setClient(web.id, { idTokenSignAlg: "ES512" });
    const expected = { ...callerError("A046203"), action: "INTERNAL_SERVER_ERROR" };
    expect(summary(await nativeSso(test, { accessToken, deviceSecret: "secret-1" }))).toEqual(expected);
  });
});
