import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  clients,
  contentOf,
  issued,
  issuedTokens,
  openTestEngine,
  passwordTicket,
  summary,
  type TestEngine,
} from "../../../support/engine.ts";
import { offline } from "../../../support/offline.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await openTestEngine();
});
afterEach(() => test.close());

const { firstParty } = clients;
const fault = (code: string) => ({ action: "INTERNAL_SERVER_ERROR", code, error: "server_error" });

function issue(request: Record<string, unknown>) {
  return test.engine["auth/token/issue"](request);
}

async function refused(request: Record<string, unknown>) {
  const before = test.issued();
  const answer = summary(await issue(request));
  expect(test.issued()).toBe(before);
  return answer;
}

const introspect = (token: string) => test.engine["auth/introspection"]({ token });

describe("issuing", () => {
  it("gives tokens for the subject and spends the ticket", async () => {
    const ticket = await passwordTicket(test.engine, { resource: "https://api.example" });
    const answer = issued(await issue({ ticket, subject: "alice" }));
    expect(answer).toMatchObject({
      resultCode: "A054001",
      accessToken: expect.stringMatching(/^[\w-]{43}$/),
      accessTokenDuration: 3600,
      accessTokenExpiresAt: test.clock() + 3_600_000,
      refreshToken: expect.stringMatching(/^[\w-]{43}$/),
      refreshTokenDuration: 2_592_000,
      refreshTokenExpiresAt: test.clock() + 2_592_000_000,
      refreshTokenScopes: ["openid", "profile"],
      clientId: 2000,
      clientIdAliasUsed: false,
      subject: "alice",
      scopes: ["openid", "profile"],
      accessTokenResources: ["https://api.example"],
    });
    for (const member of ["idToken", "grantType", "grantId", "dpopNonce", "jwtAccessToken", "properties"]) {
      expect(answer).not.toHaveProperty(member);
    }
    expect(Object.entries(JSON.parse(answer.responseContent))).toEqual([
      ["access_token", answer.accessToken],
      ["token_type", "Bearer"],
      ["expires_in", 3600],
      ["scope", "openid profile"],
      ["refresh_token", answer.refreshToken],
    ]);
    expect(await introspect(answer.accessToken)).toMatchObject({
      action: "OK",
      subject: "alice",
      grantType: "PASSWORD",
    });
    expect(await refused({ ticket, subject: "alice" })).toEqual(fault("A055202"));
  });

  it("remembers that the client came by its alias", async () => {
    await test.setService({ clientIdAliasEnabled: true });
    await test.setClient(firstParty.id, { clientIdAlias: "own", clientIdAliasEnabled: true });
    const answer = await issuedTokens(test.engine, { client: { id: "own", secret: firstParty.secret } });
    expect(answer).toMatchObject({ clientId: 2000, clientIdAlias: "own", clientIdAliasUsed: true });
  });

  it("gives no refresh token to those who could not use it", async () => {
    await test.setClient(firstParty.id, { grantTypes: ["PASSWORD"] });
    expect(await issuedTokens(test.engine)).not.toHaveProperty("refreshToken");
    await test.setClient(firstParty.id, { grantTypes: undefined });
    expect(await issuedTokens(test.engine)).toHaveProperty("refreshToken");
    await test.setService({ supportedGrantTypes: ["PASSWORD"] });
    const answer = await issuedTokens(test.engine);
    expect(answer).not.toHaveProperty("refreshToken");
    expect(answer.responseContent).not.toContain("refresh_token");
  });

  it("passes the attributes of service and client on", async () => {
    await test.setService({ attributes: [{ key: "s", value: "1" }] });
    await test.setClient(firstParty.id, { attributes: [{ key: "c", value: "2" }] });
    expect(await issuedTokens(test.engine)).toMatchObject({
      serviceAttributes: [{ key: "s", value: "1" }],
      clientAttributes: [{ key: "c", value: "2" }],
    });
  });
});

describe("the ticket", () => {
  it.each([
    ["missing", {}, "A055201"],
    ["null", { ticket: null }, "A055201"],
    ["empty", { ticket: "" }, "A055201"],
    ["unknown", { ticket: "x".repeat(43) }, "A055202"],
  ])("%s", async (_, request, code) => {
    expect(await refused({ subject: "alice", ...request })).toEqual(fault(code));
  });

  it("works until it expires", async () => {
    const [first, second] = [await passwordTicket(test.engine), await passwordTicket(test.engine)];
    test.clock.advance(86_400_000 - 1);
    expect(await issue({ ticket: first, subject: "alice" })).toMatchObject({ action: "OK" });
    test.clock.advance(1);
    expect(await refused({ ticket: second, subject: "alice" })).toEqual(fault("A055301"));
  });

  it("lives as long as the engine is told", async () => {
    const short = await openTestEngine({ ticketDurationMs: 1000 });
    const ticket = await passwordTicket(short.engine);
    short.clock.advance(1000);
    const answer = await short.engine["auth/token/issue"]({ ticket, subject: "alice" });
    expect(summary(answer)).toEqual(fault("A055301"));
    await short.close();
  });

  it("belongs to one service", async () => {
    const ticket = await passwordTicket(test.engine);
    const { createEngine } = await import("../../../../src/server/engine/engine.ts");
    await test.store.upsertService("1002", { ...(await test.store.findService("1001")) });
    const foreign = createEngine({
      store: test.store.engine,
      clock: test.clock,
      random: (bytes) => new Uint8Array(bytes),
      serviceId: "1002",
      ...offline,
    });
    expect(summary(await foreign["auth/token/issue"]({ ticket, subject: "alice" }))).toEqual(
      fault("A055203"),
    );
    expect(summary(await foreign["auth/token/fail"]({ ticket, reason: "UNKNOWN" })).code).toBe("A063203");
    expect(await issue({ ticket, subject: "alice" })).toMatchObject({ action: "OK" });
  });

  it("is worth nothing once its client is locked", async () => {
    const ticket = await passwordTicket(test.engine);
    await test.setClient(firstParty.id, { locked: true });
    expect(await refused({ ticket, subject: "alice" })).toEqual(fault("A061103"));
    await test.setClient(firstParty.id, { locked: false });
    expect(await issue({ ticket, subject: "alice" })).toMatchObject({ action: "OK" });
  });
});

describe("what is wrong with the call leaves the ticket usable", () => {
  it.each([
    ["no subject", {}, "A111201"],
    ["a null subject", { subject: null }, "A111201"],
    ["an empty subject", { subject: "" }, "A111201"],
    ["a subject of 101 characters", { subject: "a".repeat(101) }, "A111202"],
    ["a subject that is not ASCII", { subject: "jürgen" }, "A111203"],
    ["a subject with a control character", { subject: "a\u0000" }, "A111203"],
    [
      "properties that are too big",
      { subject: "alice", properties: [{ key: "k", value: "x".repeat(50_000) }] },
      "A061201",
    ],
    ["claims that are no JSON", { subject: "alice", jwtAtClaims: "{" }, "A061202"],
    ["claims that are an array", { subject: "alice", jwtAtClaims: "[]" }, "A061202"],
    ["claims that are null", { subject: "alice", jwtAtClaims: "null" }, "A061202"],
    ["claims that are a text", { subject: "alice", jwtAtClaims: '"a"' }, "A061202"],
  ])("%s", async (_, request, code) => {
    const ticket = await passwordTicket(test.engine);
    expect(await refused({ ticket, ...request })).toEqual(fault(code));
    expect(await issue({ ticket, subject: "a".repeat(100) })).toMatchObject({ action: "OK" });
  });

  it("takes claims of any depth where tokens are random, and refuses what cannot be written as a JWT", async () => {
    const jwtAtClaims = `{"__proto__":${"[".repeat(100_000)}${"]".repeat(100_000)}}`;
    expect(await issuedTokens(test.engine, { jwtAtClaims })).not.toHaveProperty("jwtAccessToken");
    await test.setService({ accessTokenSignAlg: "ES256" });
    const ticket = await passwordTicket(test.engine);
    const answer = await issue({ ticket, subject: "alice", jwtAtClaims });
    expect(["A054001", "A061202"]).toContain(answer.resultCode);
  });

  it("a chosen access token that exists already", async () => {
    const accessToken = "chosen-by-the-caller-with-enough-entropy";
    await issuedTokens(test.engine, { accessToken });
    const ticket = await passwordTicket(test.engine);
    expect(await refused({ ticket, subject: "bob", accessToken })).toEqual(fault("A061101"));
    expect(await introspect(accessToken)).toMatchObject({ subject: "alice" });
    const other = `${accessToken}2`;
    expect(await issue({ ticket, subject: "bob", accessToken: other })).toMatchObject({ accessToken: other });
  });

  it("no key for the service's algorithm", async () => {
    const ticket = await passwordTicket(test.engine);
    await test.setService({ accessTokenSignAlg: "ES512" });
    expect(await refused({ ticket, subject: "alice" })).toEqual(fault("A061202"));
    await test.setService({ accessTokenSignAlg: "ES256" });
    expect(await issue({ ticket, subject: "alice" })).toHaveProperty("jwtAccessToken");
  });
});

describe("a single access token per subject and client", () => {
  it.each(["service", "client"] as const)("when the %s wants it", async (who) => {
    const flag = { singleAccessTokenPerSubject: true };
    const first = await issuedTokens(test.engine);
    const second = await issuedTokens(test.engine);
    expect(await introspect(first.accessToken)).toMatchObject({ action: "OK" });
    await (who === "service" ? test.setService(flag) : test.setClient(firstParty.id, flag));
    const bob = await issuedTokens(test.engine, { subject: "bob" });
    const third = await issuedTokens(test.engine);
    expect(await introspect(first.accessToken)).toMatchObject({ resultCode: "A057302" });
    expect(await introspect(second.accessToken)).toMatchObject({ resultCode: "A057302" });
    expect(await introspect(bob.accessToken)).toMatchObject({ action: "OK" });
    expect(await introspect(third.accessToken)).toMatchObject({ action: "OK" });
  });

  it("keeps the earlier token when nothing new was issued", async () => {
    await test.setService({ singleAccessTokenPerSubject: true });
    await issuedTokens(test.engine, { subject: "bob", accessToken: "taken" });
    const first = await issuedTokens(test.engine);
    const ticket = await passwordTicket(test.engine);
    expect(await refused({ ticket, subject: "alice", accessToken: "taken" })).toEqual(fault("A061101"));
    expect(await introspect(first.accessToken)).toMatchObject({ action: "OK" });
  });
});

describe("races", () => {
  it("of 32 calls with one ticket exactly one issues", async () => {
    const ticket = await passwordTicket(test.engine);
    const before = test.issued();
    const answers = await Promise.all(
      Array.from({ length: 32 }, (_, n) => issue({ ticket, subject: `user-${n}` })),
    );
    const winners = answers.filter(({ action }) => action === "OK");
    expect(winners).toHaveLength(1);
    expect(test.issued()).toBe(before + 1);
    const losers = answers.filter(({ action }) => action !== "OK").map((answer) => summary(answer).code);
    expect(losers).toHaveLength(31);
    expect(losers.every((code) => code === "A061301" || code === "A055202")).toBe(true);
    expect(losers).toContain("A061301");
  });

  it("of issue and fail exactly one gets the ticket", async () => {
    for (let round = 0; round < 10; round++) {
      const ticket = await passwordTicket(test.engine);
      const before = test.issued();
      const calls = [
        () => issue({ ticket, subject: "alice" }),
        () => test.engine["auth/token/fail"]({ ticket, reason: "UNKNOWN" }),
      ];
      if (round % 2) calls.reverse();
      const answers = await Promise.all(calls.map((call) => call()));
      const codes = answers.map(({ resultCode }) => resultCode);
      const issueWon = codes.includes("A054001") && codes.includes("A063202");
      const failWon = codes.includes("A067302") && codes.includes("A061301");
      expect([codes, issueWon !== failWon]).toEqual([codes, true]);
      expect(test.issued()).toBe(before + (issueWon ? 1 : 0));
    }
  });

  it("of many calls with one chosen access token exactly one issues, and the other tickets stay usable", async () => {
    const tickets = await Promise.all(Array.from({ length: 8 }, () => passwordTicket(test.engine)));
    const answers = await Promise.all(
      tickets.map((ticket) => issue({ ticket, subject: "alice", accessToken: "one" })),
    );
    expect(answers.filter(({ action }) => action === "OK")).toHaveLength(1);
    const again = await Promise.all(tickets.map((ticket) => issue({ ticket, subject: "alice" })));
    expect(again.filter(({ action }) => action === "OK")).toHaveLength(7);
    expect(contentOf(answers.find(({ action }) => action !== "OK") ?? {})).toContain("A061101");
  });
});
