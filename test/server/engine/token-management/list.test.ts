import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hashOf } from "../../../../src/server/secret/hash.ts";
import { clients, openTestEngine, type TestEngine } from "../../../support/engine.ts";
import { expectRefusedCall, unknownClient, wrong } from "../../../support/refused-call.ts";
import { storedToken } from "../../../support/stored-token.ts";

const { firstParty, backend } = clients;

let test: TestEngine;
let first: { accessToken: string; refreshToken: string };
const values: string[] = [];
beforeAll(async () => {
  test = await openTestEngine();
  await test.setClient(firstParty.id, { clientIdAlias: "own", clientIdAliasEnabled: true });
  for (let count = 0; count < 120; count += 1) {
    const stored = await storedToken(test, {
      clientId: Number(count % 3 === 0 ? backend.id : firstParty.id),
      subject: count % 2 === 0 ? "alice" : "bob",
      properties: count === 0 ? [{ key: "a", value: "1", hidden: true }] : [],
      details: count === 0 ? { lastRefreshedAt: test.clock() } : {},
    });
    values.push(stored.accessToken, stored.refreshToken);
    first = first ?? stored;
    test.clock.advance(1);
  }
  await storedToken(test, {
    clientId: Number(backend.id),
    subject: undefined,
    grantType: "CLIENT_CREDENTIALS",
    refreshTokenHash: undefined,
    refreshTokenExpiresAt: undefined,
    refreshTokenScopes: undefined,
    scopes: [],
  });
});
afterAll(() => test.close());

const list = (request: object = {}) => test.engine["auth/token/get/list"](request);

describe("the list of tokens", () => {
  it("begins with the first five, the oldest first, and tells everything but values", async () => {
    const answer = await list();
    expect(answer).toMatchObject({ start: 0, end: 5, totalCount: 121 });
    expect(answer.accessTokens).toHaveLength(5);
    const createdAt = test.clock() - 120;
    expect(answer.accessTokens?.[0]).toEqual({
      accessTokenHash: hashOf(first.accessToken),
      accessTokenExpiresAt: createdAt + 3_600_000,
      refreshTokenHash: hashOf(first.refreshToken),
      refreshTokenExpiresAt: createdAt + 86_400_000,
      createdAt,
      lastRefreshedAt: createdAt,
      clientId: 2001,
      subject: "alice",
      grantType: "AUTHORIZATION_CODE",
      scopes: ["openid", "profile"],
      properties: [{ key: "a", value: "1", hidden: true }],
      refreshTokenScopes: ["openid", "profile", "email"],
    });
  });

  it("never shows the value of a token", async () => {
    const text = JSON.stringify([await list({ end: 100 }), await list({ start: 100, end: 200 })]);
    for (const value of values) expect(text).not.toContain(value);
  });

  it("leaves out what a token does not have", async () => {
    const { accessTokens = [] } = await list({ start: 120, end: 121 });
    expect(accessTokens).toEqual([
      {
        accessTokenHash: expect.any(String),
        accessTokenExpiresAt: expect.any(Number),
        createdAt: test.clock(),
        clientId: 2001,
        grantType: "CLIENT_CREDENTIALS",
        scopes: [],
      },
    ]);
  });

  it.each([
    [{ clientIdentifier: firstParty.id }, 80],
    [{ clientIdentifier: backend.id }, 41],
    [{ subject: "alice" }, 60],
    [{ clientIdentifier: backend.id, subject: "bob" }, 20],
    [{ subject: "nobody" }, 0],
    [{ subject: null, clientIdentifier: "" }, 121],
  ])("of %j has %i", async (request, count) => {
    const seen = new Set<string | undefined>();
    for (let start = 0; start < count; start += 30) {
      const { accessTokens = [] } = await list({ ...request, start, end: start + 30 });
      for (const { accessTokenHash } of accessTokens) seen.add(accessTokenHash);
    }
    expect(seen.size).toBe(count);
    expect(await list(request)).toMatchObject({ totalCount: count });
  });

  it("tells the client and the subject that were asked for, without settings or secrets", async () => {
    const answer = await list({ clientIdentifier: firstParty.id, subject: "alice" });
    expect(answer.subject).toBe("alice");
    expect(answer.client).toEqual({
      number: 2000,
      clientId: 2000,
      clientName: "Ticketgate",
      clientIdAlias: "own",
      clientIdAliasEnabled: true,
      clientType: "CONFIDENTIAL",
    });
  });

  it("knows a client by alias, where aliases are allowed", async () => {
    await expectRefusedCall(list({ clientIdentifier: "own" }), unknownClient);
    await test.setService({ clientIdAliasEnabled: true });
    expect(await list({ clientIdentifier: "own" })).toMatchObject({ totalCount: 80 });
  });

  it.each([
    { start: 3, end: 3 },
    { start: 3, end: 1 },
    { start: 0, end: 0 },
  ])("of %j says only how many there are", async (range) => {
    expect(await list(range)).toEqual({ ...range, totalCount: 121 });
  });

  it("has a hundred entries at most, and says where it stopped", async () => {
    const answer = await list({ start: 5, end: 999 });
    expect(answer).toMatchObject({ start: 5, end: 105, totalCount: 121 });
    expect(answer.accessTokens).toHaveLength(100);
  });

  it.each(["\u0000", "\ud800", "x".repeat(9999)])("is empty for the subject %j", async (subject) => {
    expect(await list({ subject })).toMatchObject({ totalCount: 0, accessTokens: [] });
  });

  it("refuses clients that there are not, and numbers that are no places", async () => {
    for (const clientIdentifier of ["999", "\u0000"]) {
      await expectRefusedCall(list({ clientIdentifier }), unknownClient);
    }
    await expectRefusedCall(list({ start: -1 }), wrong("start"));
    await expectRefusedCall(list({ end: 2 ** 31 }), wrong("end"));
  });
});
