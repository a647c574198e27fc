import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hashOf } from "../../../../src/server/secret/hash.ts";
import {
  clients,
  issued,
  issuedTokens,
  openTestEngine,
  refresh,
  summary,
  type TestEngine,
} from "../../../support/engine.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await openTestEngine();
});
afterEach(() => test.close());

const { firstParty, backend } = clients;
const DAY_MS = 86_400_000;

type Options = Parameters<typeof refresh>[2];

async function refreshed(refreshToken: string | undefined, options?: Options) {
  return issued(await refresh(test.engine, refreshToken, options));
}

async function refused(refreshToken: string | undefined, options?: Options) {
  const before = test.issued();
  const answer = summary(await refresh(test.engine, refreshToken, options));
  expect(test.issued()).toBe(before);
  return answer;
}

const invalidGrant = (code: string) => ({ action: "BAD_REQUEST", code, error: "invalid_grant" });
const introspect = (token: string) => test.engine["auth/introspection"]({ token });

describe("the refresh token grant", () => {
  it("rotates both tokens; the coupled access token dies", async () => {
    const first = await issuedTokens(test.engine);
    test.clock.advance(1000);
    const second = await refreshed(first.refreshToken);
    expect(second).toMatchObject({
      resultCode: "A053001",
      grantType: "REFRESH_TOKEN",
      clientAuthMethod: "CLIENT_SECRET_BASIC",
      subject: "alice",
      scopes: ["openid", "profile"],
      accessTokenExpiresAt: test.clock() + 3_600_000,
      refreshTokenExpiresAt: test.clock() + 2_592_000_000,
    });
    expect(second).not.toHaveProperty("previousRefreshTokenUsed");
    expect(second.refreshToken).not.toBe(first.refreshToken);
    expect(JSON.parse(second.responseContent)).toMatchObject({
      access_token: second.accessToken,
      refresh_token: second.refreshToken,
    });
    expect(await introspect(first.accessToken)).toMatchObject({ resultCode: "A057302" });
    expect(await introspect(second.accessToken)).toMatchObject({ action: "OK", grantType: "PASSWORD" });
  });

  it.each([
    ["missing", { refresh_token: [] }, "A053301"],
    ["empty", { refresh_token: "" }, "A053302"],
    ["repeated", { refresh_token: ["a", "b"] }, "A053303"],
    ["a repeated scope", { scope: ["openid", "openid"] }, "A053304"],
  ])("refuses what is malformed: %s", async (_, parameters, code) => {
    const { refreshToken } = await issuedTokens(test.engine);
    expect(await refused(refreshToken, { parameters })).toEqual({
      action: "BAD_REQUEST",
      code,
      error: "invalid_request",
    });
    await refreshed(refreshToken);
  });

  it("refuses an unknown token, and an access token", async () => {
    const { accessToken } = await issuedTokens(test.engine);
    expect(await refused("x".repeat(43))).toEqual(invalidGrant("A053305"));
    expect(await refused(accessToken)).toEqual(invalidGrant("A053305"));
  });

  it("refuses the token of another client, which keeps it", async () => {
    const { refreshToken } = await issuedTokens(test.engine);
    expect(await refused(refreshToken, { client: backend })).toEqual(invalidGrant("A053307"));
    await refreshed(refreshToken);
  });

  it("refuses an expired token", async () => {
    const { refreshToken } = await issuedTokens(test.engine);
    const other = await issuedTokens(test.engine);
    test.clock.advance(30 * DAY_MS - 1);
    await refreshed(other.refreshToken);
    test.clock.advance(1);
    expect(await refused(refreshToken)).toEqual(invalidGrant("A053308"));
  });

  it("refuses where the service does not refresh any more", async () => {
    const { refreshToken } = await issuedTokens(test.engine);
    await test.setService({ supportedGrantTypes: ["PASSWORD"] });
    expect((await refused(refreshToken)).code).toBe("A049305");
  });
});

describe("scopes of a refresh", () => {
  it("may be fewer, never more, and fewer once does not mean fewer for ever", async () => {
    const first = await issuedTokens(test.engine);
    const more = { parameters: { scope: "openid email" } };
    expect(await refused(first.refreshToken, more)).toEqual({
      action: "BAD_REQUEST",
      code: "A053309",
      error: "invalid_scope",
    });
    const second = await refreshed(first.refreshToken, { parameters: { scope: "profile" } });
    expect(second).toMatchObject({ scopes: ["profile"], refreshTokenScopes: ["openid", "profile"] });
    expect(await introspect(second.accessToken)).toMatchObject({ scopes: ["profile"] });
    expect(await refreshed(second.refreshToken)).toMatchObject({ scopes: ["openid", "profile"] });
  });

  it("lose what the client may not have any more", async () => {
    const { refreshToken } = await issuedTokens(test.engine);
    await test.setClient(firstParty.id, {
      extension: { requestableScopesEnabled: true, requestableScopes: ["openid"] },
    });
    expect(await refreshed(refreshToken)).toMatchObject({
      scopes: ["openid"],
      refreshTokenScopes: ["openid", "profile"],
    });
  });

  it("lose openid without offline_access where the service says so", async () => {
    await test.setClient(firstParty.id, { extension: {} });
    await test.setService({ openidDroppedOnRefreshWithoutOfflineAccess: true });
    const { refreshToken } = await issuedTokens(test.engine, {
      parameters: { scope: "openid offline_access" },
    });
    const kept = await refreshed(refreshToken);
    expect(kept).toMatchObject({ scopes: ["openid", "offline_access"] });
    const dropped = await refreshed(kept.refreshToken, { parameters: { scope: "openid" } });
    expect(dropped).toMatchObject({ scopes: [] });
  });
});

describe("resources of a refresh", () => {
  const granted = ["https://a.example", "https://b.example"];

  it("may be fewer, never more", async () => {
    const first = await issuedTokens(test.engine, { parameters: { resource: granted } });
    const other = { parameters: { resource: "https://c.example" } };
    expect(await refused(first.refreshToken, other)).toEqual({
      action: "BAD_REQUEST",
      code: "A901306",
      error: "invalid_target",
    });
    const second = await refreshed(first.refreshToken, { parameters: { resource: "https://b.example" } });
    expect(second).toMatchObject({
      accessTokenResources: ["https://b.example"],
      resources: ["https://b.example"],
    });
    expect(await introspect(second.accessToken)).toMatchObject({
      resources: granted,
      accessTokenResources: ["https://b.example"],
    });
    expect(await refreshed(second.refreshToken)).toMatchObject({ accessTokenResources: granted });
  });

  it("are free where the grant named none", async () => {
    const { refreshToken } = await issuedTokens(test.engine);
    const parameters = { resource: "https://c.example" };
    expect(await refreshed(refreshToken, { parameters })).toMatchObject({
      accessTokenResources: ["https://c.example"],
    });
  });
});

describe("properties and claims of a refresh", () => {
  it("are merged into those of the token; a later value wins", async () => {
    const properties = [
      { key: "a", value: "1" },
      { key: "b", value: "2", hidden: true },
    ];
    const { refreshToken } = await issuedTokens(test.engine, { properties });
    const added = [
      { key: "b", value: "3" },
      { key: "c", value: "4", hidden: true },
    ];
    const second = await refreshed(refreshToken, { properties: added });
    const merged = [
      { key: "a", value: "1", hidden: false },
      { key: "b", value: "3", hidden: false },
      { key: "c", value: "4", hidden: true },
    ];
    expect(second.properties).toEqual(merged);
    expect((await refreshed(second.refreshToken)).properties).toEqual(merged);
  });

  it("are refused when the merged ones are too big; the token stays usable", async () => {
    const value = "x".repeat(30_000);
    const { refreshToken } = await issuedTokens(test.engine, { properties: [{ key: "a", value }] });
    const fault = { action: "INTERNAL_SERVER_ERROR", error: "server_error" };
    expect(await refused(refreshToken, { properties: [{ key: "b", value }] })).toEqual({
      ...fault,
      code: "A053201",
    });
    await refreshed(refreshToken, { properties: [{ key: "a", value }] });
  });

  it("take no chosen value that exists; the token stays usable", async () => {
    await issuedTokens(test.engine, { accessToken: "taken" });
    const { refreshToken, accessToken } = await issuedTokens(test.engine);
    const fault = { action: "INTERNAL_SERVER_ERROR", code: "A053101", error: "server_error" };
    expect(await refused(refreshToken, { accessToken: "taken" })).toEqual(fault);
    expect(await refused(refreshToken, { accessToken })).toEqual(fault);
    expect(await refreshed(refreshToken, { accessToken: "free" })).toMatchObject({ accessToken: "free" });
  });

  it("keep the claims that were issued, whatever the refresh says", async () => {
    await test.setService({ accessTokenSignAlg: "EdDSA" });
    const { refreshToken } = await issuedTokens(test.engine, { jwtAtClaims: '{"level":3}' });
    const second = await refreshed(refreshToken, { jwtAtClaims: '{"level":4}' });
    const payload = JSON.parse(
      Buffer.from(String(second.jwtAccessToken?.split(".")[1]), "base64url").toString(),
    );
    expect(payload).toMatchObject({ level: 3, jti: second.accessToken });
    await test.setService({ accessTokenSignAlg: "ES512" });
    expect((await refused(second.refreshToken)).code).toBe("A053202");
    await test.setService({ accessTokenSignAlg: undefined });
    await refreshed(second.refreshToken);
  });
});

describe("what becomes of the refresh token", () => {
  it("is kept, with its time, where the service keeps it", async () => {
    await test.setService({ refreshTokenKept: true });
    const first = await issuedTokens(test.engine);
    test.clock.advance(DAY_MS);
    const second = await refreshed(first.refreshToken, { refreshTokenDuration: 99_999_999 });
    expect(second).toMatchObject({
      refreshToken: first.refreshToken,
      refreshTokenExpiresAt: first.refreshTokenExpiresAt,
      refreshTokenDuration: first.refreshTokenDuration,
    });
    expect(await introspect(first.accessToken)).toMatchObject({ resultCode: "A057302" });
    expect(await refreshed(first.refreshToken)).toMatchObject({ refreshToken: first.refreshToken });
  });

  it("is kept with new time where the service resets that", async () => {
    await test.setService({ refreshTokenKept: true, refreshTokenDurationReset: true });
    const first = await issuedTokens(test.engine);
    test.clock.advance(DAY_MS);
    expect(await refreshed(first.refreshToken)).toMatchObject({
      refreshToken: first.refreshToken,
      refreshTokenExpiresAt: Number(first.refreshTokenExpiresAt) + DAY_MS,
    });
  });

  it("is new with the time that was left where the service keeps that", async () => {
    await test.setService({ refreshTokenDurationKept: true });
    const first = await issuedTokens(test.engine);
    test.clock.advance(DAY_MS);
    const second = await refreshed(first.refreshToken);
    expect(second.refreshToken).not.toBe(first.refreshToken);
    expect(second.refreshTokenExpiresAt).toBe(first.refreshTokenExpiresAt);
    expect(await refreshed(second.refreshToken, { refreshTokenDuration: 60 })).toMatchObject({
      refreshTokenExpiresAt: test.clock() + 60_000,
    });
  });
});

describe("a refresh token that was used before", () => {
  it("ends everything that came of it", async () => {
    const first = await issuedTokens(test.engine);
    const second = await refreshed(first.refreshToken);
    const third = await refreshed(second.refreshToken);
    expect(await introspect(third.accessToken)).toMatchObject({ action: "OK" });
    expect(await refused(first.refreshToken)).toEqual(invalidGrant("A053305"));
    expect(await introspect(third.accessToken)).toMatchObject({ resultCode: "A057302" });
    expect(await refused(third.refreshToken)).toEqual(invalidGrant("A053305"));
  });

  it("leaves the other tokens of the subject alone", async () => {
    const [first, other] = [await issuedTokens(test.engine), await issuedTokens(test.engine)];
    await refreshed(first.refreshToken);
    await refused(first.refreshToken);
    await refreshed(other.refreshToken);
  });

  it("of 16 requests at once exactly one is served, and what it got is good", async () => {
    const { refreshToken } = await issuedTokens(test.engine);
    const before = test.issued();
    const answers = await Promise.all(Array.from({ length: 16 }, () => refresh(test.engine, refreshToken)));
    const winners = answers.filter(({ action }) => action === "OK").map((answer) => issued(answer));
    expect(winners).toHaveLength(1);
    expect(test.issued()).toBe(before + 1);
    const losers = answers.filter(({ action }) => action !== "OK").map((answer) => summary(answer).code);
    expect(new Set(losers)).toEqual(new Set(["A053310"]));
    expect(await introspect(String(winners[0]?.accessToken))).toMatchObject({ action: "OK" });
  });
});

describe("idempotent refresh", () => {
  beforeEach(() => test.setService({ refreshTokenIdempotent: true }));

  it("gives the same pair again for a minute", async () => {
    const { refreshToken } = await issuedTokens(test.engine);
    const second = await refreshed(refreshToken);
    const before = test.issued();
    test.clock.advance(59_999);
    const again = await refreshed(refreshToken);
    expect(test.issued()).toBe(before);
    expect(again).toMatchObject({
      accessToken: second.accessToken,
      refreshToken: second.refreshToken,
      accessTokenExpiresAt: second.accessTokenExpiresAt,
      previousRefreshTokenUsed: true,
    });
    expect(JSON.parse(again.responseContent)).toEqual({
      ...JSON.parse(second.responseContent),
      expires_in: 3600 - 59,
    });
    expect(await introspect(second.accessToken)).toMatchObject({ action: "OK" });
  });

  it("takes it for theft after that", async () => {
    const { refreshToken } = await issuedTokens(test.engine);
    const second = await refreshed(refreshToken);
    test.clock.advance(60_000);
    expect(await refused(refreshToken)).toEqual(invalidGrant("A053305"));
    expect(await introspect(second.accessToken)).toMatchObject({ resultCode: "A057302" });
  });

  it("takes it for theft once the new refresh token was used", async () => {
    const { refreshToken } = await issuedTokens(test.engine);
    const second = await refreshed(refreshToken);
    const third = await refreshed(second.refreshToken);
    expect(await refused(refreshToken)).toEqual(invalidGrant("A053305"));
    expect(await introspect(third.accessToken)).toMatchObject({ resultCode: "A057302" });
  });

  it("gives the pair to the client it was for, to no other", async () => {
    const { refreshToken } = await issuedTokens(test.engine);
    await refreshed(refreshToken);
    expect(await refused(refreshToken, { client: backend })).toEqual(invalidGrant("A053305"));
  });

  it("stores the pair so that only the spent token opens it", async () => {
    const { refreshToken } = await issuedTokens(test.engine);
    const second = await refreshed(refreshToken);
    const spent = await test.store.engine.read.findSpentRefreshToken("1001", hashOf(String(refreshToken)));
    expect(spent?.sealedAnswer).toEqual(expect.any(String));
    const stored = Buffer.from(String(spent?.sealedAnswer), "base64url").toString("latin1");
    expect(stored).not.toContain(second.accessToken);
    expect(stored).not.toContain(String(second.refreshToken));
  });

  it("serves 16 requests at once with one pair", async () => {
    const { refreshToken } = await issuedTokens(test.engine);
    const before = test.issued();
    const answers = await Promise.all(Array.from({ length: 16 }, () => refreshed(refreshToken)));
    expect(new Set(answers.map((answer) => answer.accessToken)).size).toBe(1);
    expect(new Set(answers.map((answer) => answer.refreshToken)).size).toBe(1);
    expect(test.issued()).toBe(before + 1);
  });
});
