import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hashOf } from "../../../../src/server/secret/hash.ts";
import {
  clients,
  issuedTokens,
  openTestEngine,
  SERVICE_ID,
  type TestEngine,
} from "../../../support/engine.ts";
import { expectNothingChanged, unknownClient, wrong } from "../../../support/refused-call.ts";
import { storedToken } from "../../../support/stored-token.ts";

const { firstParty, backend } = clients;

let test: TestEngine;
let tokens: Record<
  "ownAlice" | "ownBob" | "otherAlice" | "otherBob",
  Awaited<ReturnType<typeof storedToken>>
>;
beforeEach(async () => {
  test = await openTestEngine();
  const clientId = Number(backend.id);
  tokens = {
    ownAlice: await storedToken(test),
    ownBob: await storedToken(test, { subject: "bob" }),
    otherAlice: await storedToken(test, { clientId }),
    otherBob: await storedToken(test, { clientId, subject: "bob" }),
  };
});
afterEach(() => test.close());

const revoke = (request: object) => test.engine["auth/token/revoke"](request);
const remove = (accessTokenIdentifier: unknown) =>
  test.engine["auth/token/delete"]({ accessTokenIdentifier: accessTokenIdentifier as string });
/** The names of the tokens that are left. */
const left = async () => {
  const found = await Promise.all(
    Object.entries(tokens).map(async ([name, { accessToken }]) =>
      (await test.store.engine.read.findByAccessToken(SERVICE_ID, hashOf(accessToken))) ? [name] : [],
    ),
  );
  return found.flat();
};
const all = ["ownAlice", "ownBob", "otherAlice", "otherBob"];
const revoked = (count: number) => ({
  resultCode: "A312001",
  resultMessage: expect.stringMatching(/^\[A312001\] /),
  count,
});

describe("revoking", () => {
  it.each([
    ["one access token", () => ({ accessTokenIdentifier: tokens.ownAlice.accessToken }), ["ownAlice"]],
    ["one by its hash", () => ({ accessTokenIdentifier: hashOf(tokens.ownBob.accessToken) }), ["ownBob"]],
    ["one refresh token", () => ({ refreshTokenIdentifier: tokens.otherBob.refreshToken }), ["otherBob"]],
    ["one by that hash", () => ({ refreshTokenIdentifier: hashOf(tokens.ownBob.refreshToken) }), ["ownBob"]],
    ["a client's", () => ({ clientIdentifier: firstParty.id }), ["ownAlice", "ownBob"]],
    ["a subject's", () => ({ subject: "bob" }), ["ownBob", "otherBob"]],
    ["those of both", () => ({ clientIdentifier: backend.id, subject: "alice" }), ["otherAlice"]],
  ])("%s", async (_what, request, gone) => {
    expect(await revoke(request())).toEqual(revoked(gone.length));
    expect(await left()).toEqual(all.filter((name) => !gone.includes(name)));
    expect(await revoke(request())).toEqual(revoked(0));
  });

  it("ends both tokens of a pair", async () => {
    const { accessToken, refreshToken } = await issuedTokens(test.engine);
    await revoke({ refreshTokenIdentifier: refreshToken });
    expect(await test.engine["auth/introspection"]({ token: accessToken })).toMatchObject({
      existent: false,
    });
  });

  it("takes a JWT access token too", async () => {
    await test.setService({ accessTokenSignAlg: "ES256" });
    const { jwtAccessToken } = await issuedTokens(test.engine);
    expect(await revoke({ accessTokenIdentifier: jwtAccessToken })).toEqual(revoked(1));
  });

  it("takes the first member that is given, even where it names nothing", async () => {
    const everything = { clientIdentifier: firstParty.id, subject: "alice" };
    const refresh = { refreshTokenIdentifier: tokens.otherBob.refreshToken };
    expect(await revoke({ accessTokenIdentifier: "unknown", ...refresh, ...everything })).toEqual(revoked(0));
    expect(await left()).toEqual(all);
    expect(await revoke({ accessTokenIdentifier: "", ...refresh, ...everything })).toEqual(revoked(1));
    expect(await left()).toEqual(["ownAlice", "ownBob", "otherAlice"]);
    expect(await revoke({ refreshTokenIdentifier: null, ...everything })).toEqual(revoked(1));
    expect(await left()).toEqual(["ownBob", "otherAlice"]);
  });

  it("does not take one kind of token for the other", async () => {
    const { accessToken, refreshToken } = tokens.ownAlice;
    expect(await revoke({ accessTokenIdentifier: refreshToken })).toEqual(revoked(0));
    expect(await revoke({ refreshTokenIdentifier: accessToken })).toEqual(revoked(0));
    expect(await left()).toEqual(all);
  });

  it.each(["\u0000", "\ud800", "x".repeat(9999), "' or 1=1 --"])("ends nothing for %j", async (text) => {
    for (const member of ["accessTokenIdentifier", "refreshTokenIdentifier", "subject"]) {
      expect(await revoke({ [member]: text })).toEqual(revoked(0));
    }
    expect(await left()).toEqual(all);
  });

  it.each([{}, { subject: "" }, { clientIdentifier: null, accessTokenIdentifier: 7 }])(
    "is refused when nothing is named: %j",
    async (request) => {
      await expectNothingChanged(test, () => revoke(request), wrong("accessTokenIdentifier"));
    },
  );

  it.each(["999", "nobody", "\u0000"])("is refused for the client %j", async (clientIdentifier) => {
    await expectNothingChanged(test, () => revoke({ clientIdentifier, subject: "alice" }), unknownClient);
  });

  it("counts each token once, however many revoke it", async () => {
    const calls = Array.from({ length: 64 }, () =>
      revoke({ accessTokenIdentifier: tokens.ownAlice.accessToken }),
    );
    const counts = (await Promise.all(calls)).map(({ count }) => count);
    expect(counts.filter((count) => count === 1)).toHaveLength(1);
    const many = await Promise.all(
      Array.from({ length: 64 }, () => revoke({ clientIdentifier: backend.id })),
    );
    expect(many.reduce((sum, { count = 0 }) => sum + count, 0)).toBe(2);
  });
});

describe("deleting", () => {
  it("a token by its value or its hash ends its pair, and no other", async () => {
    expect(await remove(tokens.ownAlice.accessToken)).toEqual({});
    expect(await left()).toEqual(["ownBob", "otherAlice", "otherBob"]);
    expect(await remove(hashOf(tokens.ownBob.accessToken))).toEqual({});
    expect(await left()).toEqual(["otherAlice", "otherBob"]);
  });

  it.each([undefined, null, "", 7, "unknown", "\u0000", "\ud800"])(
    "%j deletes nothing",
    async (identifier) => {
      expect(await remove(identifier)).toEqual({});
      expect(await left()).toEqual(all);
    },
  );

  it("a refresh token is not how an access token is deleted", async () => {
    await remove(tokens.ownAlice.refreshToken);
    expect(await left()).toEqual(all);
  });
});
