import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { form, ISSUER, issued, jwtParts, summary, type TestEngine } from "../../../support/engine.ts";
import { freshCode, isAlive, native, other, redeem } from "../../../support/grants.ts";
import {
  type Call,
  exchange,
  exchangeRequest,
  firstIdToken,
  firstTokens,
  hashOf,
  nativeSso,
  openNativeSsoEngine,
  type Tokens,
} from "./session.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await openNativeSsoEngine();
});
afterEach(() => test.close());

describe("the second app", () => {
  it("gets tokens of the session for ID token and device secret, and then its own ID token", async () => {
    const idToken = await firstIdToken(test);
    const answer = await exchange(test, idToken);
    expect(answer).toMatchObject({
      action: "NATIVE_SSO",
      resultCode: "A311002",
      grantType: "TOKEN_EXCHANGE",
      subject: "alice",
      scopes: ["openid", "photos"],
      clientId: Number(other.id),
      sessionId: "s-1",
      deviceSecret: "secret-1",
      deviceSecretHash: hashOf("secret-1"),
    });
    expect(answer).not.toHaveProperty("responseContent");
    const { accessToken, refreshToken } = answer as unknown as Tokens;
    expect(await isAlive(test, accessToken)).toBe(true);
    const second = issued(await nativeSso(test, { accessToken, refreshToken, deviceSecret: "secret-1" }));
    expect(JSON.parse(second.responseContent)).toMatchObject({
      issued_token_type: "urn:ietf:params:oauth:token-type:access_token",
      device_secret: "secret-1",
    });
    expect(jwtParts(second.idToken).payload).toMatchObject({
      sub: "alice",
      aud: [other.id],
      sid: "s-1",
      ds_hash: hashOf("secret-1"),
      acr: "high",
      auth_time: 1_893_000_000,
    });
  });

  it("gets the subject of the session, whatever sub the first app knows", async () => {
    const { accessToken } = await firstTokens(test);
    const { idToken } = issued(await nativeSso(test, { accessToken, deviceSecret: "secret-1", sub: "bob" }));
    expect(await exchange(test, idToken)).toMatchObject({ action: "NATIVE_SSO", subject: "alice" });
  });

  it.each<[string, string, Call]>([
    ["A311337", "the audience is missing", { parameters: { audience: [] } }],
    ["A311337", "the audience is somebody else", { parameters: { audience: other.id } }],
    ["A311337", "the audience is somebody else too", { parameters: { audience: [ISSUER, other.id] } }],
    [
      "A901326",
      "the subject token is no ID token",
      { parameters: { subject_token_type: "urn:ietf:params:oauth:token-type:saml2" } },
    ],
    ["A901323", "the ID token is another issuer's", { parameters: { subject_token: "foreign" } }],
    ["A901327", "the ID token tells of no session", { parameters: { subject_token: "plain" } }],
  ])("%s: gets nothing when %s", async (code, _, call) => {
    const idToken = await firstIdToken(test);
    const parameters: Record<string, string | readonly string[]> = { ...call?.parameters };
    if (parameters.subject_token === "plain") {
      parameters.subject_token = String(issued(await redeem(test, await freshCode(test))).idToken);
    }
    if (parameters.subject_token === "foreign") {
      await test.setService({ issuer: "https://other.example" });
      parameters.audience = "https://other.example";
      parameters.subject_token = idToken;
    }
    const before = test.issued();
    const refused = summary(await exchange(test, idToken, { parameters }));
    expect(refused).toEqual({ action: "BAD_REQUEST", code, error: "invalid_request" });
    expect(test.issued()).toBe(before);
  });

  it("gets nothing without naming itself", async () => {
    const idToken = await firstIdToken(test);
    const before = test.issued();
    const parameters = form({ ...exchangeRequest, subject_token: idToken });
    const answer = await test.engine["auth/token"]({ parameters });
    expect(summary(answer)).toEqual({ action: "BAD_REQUEST", code: "A901309", error: "invalid_request" });
    expect(test.issued()).toBe(before);
    expect((await exchange(test, idToken, { client: native })).action).toBe("NATIVE_SSO");
  });

  it("gets nothing that the service cannot store or sign", async () => {
    const idToken = await firstIdToken(test);
    const fault = (code: string) => ({ action: "INTERNAL_SERVER_ERROR", code, error: "server_error" });
    const { accessToken } = await firstTokens(test);
    const before = test.issued();
    expect(summary(await exchange(test, idToken, { accessToken }))).toEqual(fault("A901101"));
    const properties = [{ key: "a", value: "x".repeat(50_000) }];
    expect(summary(await exchange(test, idToken, { properties }))).toEqual(fault("A901201"));
    await test.setService({ accessTokenSignAlg: "ES512" });
    expect(summary(await exchange(test, idToken))).toEqual(fault("A901202"));
    await test.setService({ accessTokenSignAlg: undefined, scopeRequired: true });
    const expected = { action: "BAD_REQUEST", code: "A901325", error: "invalid_scope" };
    expect(summary(await exchange(test, idToken, { parameters: { scope: "" } }))).toEqual(expected);
    expect(test.issued()).toBe(before);
  });
});
