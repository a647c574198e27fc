import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hashOf } from "../../../../src/server/secret/hash.ts";
import {
  clients,
  issued,
  issuedTokens,
  openTestEngine,
  refresh,
  SERVICE_ID,
  type TestEngine,
} from "../../../support/engine.ts";
import { expectNothingChanged, unknownClient, wrong } from "../../../support/refused-call.ts";
import { storedToken } from "../../../support/stored-token.ts";

const { firstParty, backend } = clients;

let test: TestEngine;
beforeEach(async () => {
  test = await openTestEngine();
});
afterEach(() => test.close());

const update = (request: object) =>
  test.engine["client/authorization/update"]({
    clientId: firstParty.id,
    subject: "alice",
    ...request,
  } as never);
const remove = (request: object = {}) =>
  test.engine["client/authorization/delete"]({
    clientId: firstParty.id,
    subject: "alice",
    ...request,
  } as never);
const scopesOf = async ({ accessToken }: { accessToken: string }) => {
  const token = await test.store.engine.read.findByAccessToken(SERVICE_ID, hashOf(accessToken));
  return [token?.scopes, token?.refreshTokenScopes];
};

const updated = { resultCode: "A138001", resultMessage: expect.stringMatching(/^\[A138001\] /) };

describe("the scopes of an authorization", () => {
  it("become those of all tokens of client and subject, and of no others", async () => {
    const own = [await storedToken(test), await storedToken(test)];
    const others = [
      await storedToken(test, { subject: "bob" }),
      await storedToken(test, { clientId: Number(backend.id) }),
      await storedToken(test, { subject: undefined }),
    ];
    expect(await update({ scopes: ["email", "email", "openid"] })).toEqual(updated);
    for (const token of own)
      expect(await scopesOf(token)).toEqual([
        ["email", "openid"],
        ["email", "openid"],
      ]);
    for (const token of others) {
      expect(await scopesOf(token)).toEqual([
        ["openid", "profile"],
        ["openid", "profile", "email"],
      ]);
    }
  });

  it("hold for what is refreshed later", async () => {
    const tokens = await issuedTokens(test.engine);
    await update({ scopes: ["profile"] });
    expect(await refresh(test.engine, tokens.refreshToken)).toMatchObject({ scopes: ["profile"] });
  });

  it("may be none", async () => {
    const token = await storedToken(test);
    await update({ scopes: [] });
    expect(await scopesOf(token)).toEqual([[], []]);
  });

  it("may come in one text, as in a form body", async () => {
    const token = await storedToken(test);
    await update({ scopes: ["email openid"] });
    expect(await scopesOf(token)).toEqual([
      ["email", "openid"],
      ["email", "openid"],
    ]);
  });

  it.each([undefined, null, "email"])("stay as they are without a list: %j", async (scopes) => {
    const token = await storedToken(test);
    expect(await update({ scopes })).toEqual(updated);
    expect(await scopesOf(token)).toEqual([
      ["openid", "profile"],
      ["openid", "profile", "email"],
    ]);
  });

  it("are only ever such that the service has and the client may ask for", async () => {
    const token = await storedToken(test);
    await update({ scopes: ["email", "nothing", "token:issue"] });
    expect(await scopesOf(token)).toEqual([["email"], ["email"]]);
  });

  it("reach every token, however many there are", async () => {
    const tokens = [];
    for (let count = 0; count < 250; count += 1) tokens.push(await storedToken(test));
    await update({ scopes: ["email"] });
    for (const token of tokens) expect((await scopesOf(token))[0]).toEqual(["email"]);
  });

  it("are not brought back by a refresh that comes at the same time", async () => {
    for (let round = 0; round < 8; round += 1) {
      const tokens = await issuedTokens(test.engine);
      const [, refreshed] = await Promise.all([
        update({ scopes: ["openid"] }),
        refresh(test.engine, tokens.refreshToken),
      ]);
      const { accessToken } = issued(refreshed as { action: string }) as unknown as { accessToken: string };
      const [scopes, refreshTokenScopes] = await scopesOf({ accessToken });
      expect(refreshTokenScopes).toEqual(["openid"]);
      expect(scopes).toEqual(["openid"]);
    }
  });
});

describe("an authorization that is deleted", () => {
  it("takes all tokens of client and subject along, and no others", async () => {
    const own = [await storedToken(test), await storedToken(test)];
    const others = [
      await storedToken(test, { subject: "bob" }),
      await storedToken(test, { clientId: Number(backend.id) }),
    ];
    expect(await remove()).toEqual({
      resultCode: "A137001",
      resultMessage: expect.stringMatching(/^\[A137001\] /),
    });
    for (const token of own) expect(await scopesOf(token)).toEqual([undefined, undefined]);
    for (const token of others) expect((await scopesOf(token))[0]).toEqual(["openid", "profile"]);
    expect(await remove()).toMatchObject({ resultCode: "A137001" });
  });
});

describe("authorizations are those", () => {
  it.each([undefined, null, "", 7, "\u0000"])("of a subject, not of %j", async (subject) => {
    await storedToken(test);
    await expectNothingChanged(test, () => update({ subject, scopes: [] }), wrong("subject"));
    await expectNothingChanged(test, () => remove({ subject }), wrong("subject"));
  });

  it.each([undefined, null, "", "999", "\u0000"])("of a client, not of %j", async (clientId) => {
    await storedToken(test);
    await expectNothingChanged(test, () => update({ clientId, scopes: [] }), unknownClient);
    await expectNothingChanged(test, () => remove({ clientId }), unknownClient);
  });
});
