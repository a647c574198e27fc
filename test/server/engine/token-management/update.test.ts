import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { LONGEST_SECONDS } from "../../../../src/server/engine/given.ts";
import type { AccessToken } from "../../../../src/server/engine/records.ts";
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
import { everythingStored } from "../../../support/refused-call.ts";
import { storedToken } from "../../../support/stored-token.ts";

const { firstParty } = clients;

let test: TestEngine;
let tokens: { accessToken: string; refreshToken: string };
beforeEach(async () => {
  test = await openTestEngine();
  tokens = await storedToken(test, { properties: [{ key: "a", value: "1", hidden: false }] });
});
afterEach(() => test.close());

const update = (request: object) => test.engine["auth/token/update"](request as never);
const change = (request: object) => update({ accessToken: tokens.accessToken, ...request });
const find = (accessToken = tokens.accessToken) =>
  test.store.engine.read.findByAccessToken(SERVICE_ID, hashOf(accessToken));
const row = async (accessToken?: string): Promise<AccessToken> =>
  (await find(accessToken)) ?? expect.fail("no row");

describe("an update", () => {
  it("without changes tells what there is, and leaves it", async () => {
    const before = await row();
    expect(await change({})).toEqual({
      resultCode: "A135001",
      resultMessage: expect.stringMatching(/^\[A135001\] /),
      action: "OK",
      accessToken: tokens.accessToken,
      accessTokenExpiresAt: before.accessTokenExpiresAt,
      refreshTokenExpiresAt: before.refreshTokenExpiresAt,
      scopes: ["openid", "profile"],
      properties: [{ key: "a", value: "1", hidden: false }],
      tokenType: "Bearer",
      tokenId: before.id,
    });
    expect(await row()).toEqual(before);
    const nothing = { scopes: null, properties: null, accessTokenExpiresAt: 0, refreshTokenExpiresAt: -5 };
    await change({ ...nothing, accessTokenPersistent: false, authorizationDetails: null });
    expect(await row()).toEqual(before);
  });

  it.each(["accessToken", "accessTokenHash", "tokenId", "refreshToken", "refreshTokenHash"])(
    "finds the token by its %s",
    async (member) => {
      await storedToken(test);
      const names: Record<string, string> = {
        ...tokens,
        accessTokenHash: hashOf(tokens.accessToken),
        refreshTokenHash: hashOf(tokens.refreshToken),
        tokenId: (await row()).id,
      };
      expect(await update({ [member]: names[member], scopes: ["email"] })).toMatchObject({
        scopes: ["email"],
      });
      expect((await row()).scopes).toEqual(["email"]);
    },
  );

  it("finds a JWT access token too, and takes the first name that is given", async () => {
    await test.setService({ accessTokenSignAlg: "ES256" });
    const jwt = await issuedTokens(test.engine);
    expect(await update({ accessToken: jwt.jwtAccessToken, scopes: [] })).toMatchObject({ scopes: [] });
    const both = {
      accessToken: jwt.accessToken,
      tokenId: (await row()).id,
      refreshToken: tokens.refreshToken,
    };
    expect(await update(both)).toMatchObject({ scopes: [] });
    expect(await update({ ...both, accessToken: "" })).toMatchObject({ scopes: ["openid", "profile"] });
  });

  it("gives new scopes to both tokens; those that the client may not have are left out", async () => {
    await change({ scopes: ["email", "email", "nothing", "token:issue"] });
    expect(await row()).toMatchObject({ scopes: ["email"], refreshTokenScopes: ["email"] });
    await change({ scopes: [] });
    expect(await row()).toMatchObject({ scopes: [], refreshTokenScopes: [] });
  });

  it("gives new scopes their lifetimes where that is wanted", async () => {
    const { supportedScopes = [] } = (await test.store.findService(SERVICE_ID)) ?? {};
    const attributes = [
      { key: "access_token.duration", value: "60" },
      { key: "refresh_token.duration", value: "90" },
    ];
    await test.setService({ supportedScopes: [...supportedScopes, { name: "pay", attributes }] });
    await test.setClient(firstParty.id, { extension: {} });
    const before = await row();
    await change({ scopes: ["pay"] });
    expect((await row()).accessTokenExpiresAt).toBe(before.accessTokenExpiresAt);
    await change({ scopes: ["pay"], accessTokenExpiresAtUpdatedOnScopeUpdate: true });
    expect(await row()).toMatchObject({
      accessTokenExpiresAt: test.clock() + 60_000,
      accessTokenDuration: 60,
      refreshTokenExpiresAt: before.refreshTokenExpiresAt,
    });
    await change({ scopes: ["pay"], refreshTokenExpiresAtUpdatedOnScopeUpdate: true });
    expect((await row()).refreshTokenExpiresAt).toBe(test.clock() + 90_000);
    await change({ accessTokenExpiresAtUpdatedOnScopeUpdate: true });
    expect((await row()).accessTokenExpiresAt).toBe(test.clock() + 60_000);
  });

  it("moves the ends of the tokens", async () => {
    const [accessTokenExpiresAt, refreshTokenExpiresAt] = [test.clock() + 5000, test.clock() + 7500];
    expect(await change({ accessTokenExpiresAt, refreshTokenExpiresAt })).toMatchObject({
      accessTokenExpiresAt,
      refreshTokenExpiresAt,
    });
    expect(await row()).toMatchObject({ accessTokenDuration: 5, refreshTokenDuration: 7 });
    test.clock.advance(5000);
    const state = await test.engine["auth/introspection"]({ token: tokens.accessToken });
    expect(state).toMatchObject({ usable: false, refreshable: true });
    await change({ accessTokenExpiresAt: 1e300 });
    expect((await row()).accessTokenExpiresAt).toBe(test.clock() + LONGEST_SECONDS * 1000);
    await change({ accessTokenPersistent: true, accessTokenExpiresAt: 1 });
    expect((await row()).accessTokenExpiresAt).toBe(test.clock() + LONGEST_SECONDS * 1000);
  });

  it("gives no refresh token to a token that has none", async () => {
    const alone = await storedToken(test, {
      refreshTokenHash: undefined,
      refreshTokenExpiresAt: undefined,
      refreshTokenDuration: undefined,
      refreshTokenScopes: undefined,
    });
    const answer = await update({
      accessToken: alone.accessToken,
      refreshTokenExpiresAt: test.clock() + 9000,
      scopes: ["email"],
      refreshTokenExpiresAtUpdatedOnScopeUpdate: true,
    });
    expect(answer).not.toHaveProperty("refreshTokenExpiresAt");
    expect(await row(alone.accessToken)).toMatchObject({
      refreshTokenExpiresAt: undefined,
      refreshTokenScopes: undefined,
    });
  });

  it("replaces the properties, or takes all away", async () => {
    await change({
      properties: [
        { key: "b", value: "2" },
        { key: "scope", value: "x" },
      ],
    });
    expect((await row()).properties).toEqual([{ key: "b", value: "2", hidden: false }]);
    expect(await change({ properties: [] })).not.toHaveProperty("properties");
    expect((await row()).properties).toEqual([]);
  });

  it("gives the access token a new value, and ends the old one", async () => {
    const { id } = await row();
    const answer = issued(await change({ accessTokenValueUpdated: true }));
    expect(answer.accessToken).toMatch(/^[\w-]{43}$/);
    expect(answer.accessToken).not.toBe(tokens.accessToken);
    expect(answer.tokenId).toBe(id);
    expect(await find()).toBeUndefined();
    expect((await row(answer.accessToken)).id).toBe(id);
    expect(await refresh(test.engine, tokens.refreshToken)).toMatchObject({ action: "OK" });
  });

  it("binds a token further, and never less", async () => {
    await change({ certificateThumbprint: hashOf("certificate") });
    expect(await change({ dpopKeyThumbprint: hashOf("key") })).toMatchObject({ tokenType: "DPoP" });
    expect((await row()).details.confirmation).toEqual({
      "x5t#S256": hashOf("certificate"),
      jkt: hashOf("key"),
    });
    await change({ certificateThumbprint: "", dpopKeyThumbprint: null });
    expect((await row()).details.confirmation).toEqual({
      "x5t#S256": hashOf("certificate"),
      jkt: hashOf("key"),
    });
  });

  it("changes authorization details, for refreshes too", async () => {
    const authorizationDetails = { elements: [{ type: "pay", actions: ["read"] }] };
    const answer = await change({ authorizationDetails, forExternalAttachment: true });
    expect(answer).toMatchObject({ authorizationDetails, forExternalAttachment: true });
    expect(await refresh(test.engine, tokens.refreshToken)).toMatchObject({ authorizationDetails });
  });
});

describe("updates of one token at once", () => {
  it("all last, whatever they change", async () => {
    await Promise.all([
      change({ scopes: ["email"] }),
      change({ properties: [{ key: "b", value: "2" }] }),
      change({ dpopKeyThumbprint: hashOf("key") }),
      change({ certificateThumbprint: hashOf("certificate") }),
      change({ refreshTokenExpiresAt: test.clock() + 5000 }),
      change({ forExternalAttachment: true }),
    ]);
    expect(await row()).toMatchObject({
      scopes: ["email"],
      properties: [{ key: "b", value: "2" }],
      refreshTokenExpiresAt: test.clock() + 5000,
      details: {
        confirmation: { jkt: hashOf("key"), "x5t#S256": hashOf("certificate") },
        forExternalAttachment: true,
      },
    });
  });

  it("give the access token one new value", async () => {
    const answers = await Promise.all(
      Array.from({ length: 64 }, () => change({ accessTokenValueUpdated: true })),
    );
    expect(answers.filter(({ action }) => action === "OK")).toHaveLength(1);
    for (const answer of answers) {
      if (answer.action !== "OK")
        expect(answer).toMatchObject({ action: "NOT_FOUND", resultCode: "A134202" });
    }
  });

  it("and refreshes: what is refreshed has the change, or the change is not found", async () => {
    for (let round = 0; round < 6; round += 1) {
      const { accessToken, refreshToken } = await storedToken(test);
      const [changed, refreshed] = await Promise.all([
        update({ accessToken, scopes: ["email"] }),
        refresh(test.engine, refreshToken),
      ]);
      const { scopes } = issued(refreshed as { action: string }) as unknown as { scopes: string[] };
      if (changed.action === "OK") expect(scopes).toEqual(["email"]);
      else expect(changed).toMatchObject({ action: "NOT_FOUND" });
    }
  });

  it("and deletions: nothing comes back", async () => {
    const remove = () => test.engine["auth/token/delete"]({ accessTokenIdentifier: tokens.accessToken });
    const calls = Array.from({ length: 16 }, (_, index) =>
      index === 5 ? remove() : change({ scopes: ["email"] }),
    );
    await Promise.all(calls);
    expect(await find()).toBeUndefined();
    expect(await change({})).toMatchObject({ action: "NOT_FOUND" });
  });
});

/** Fails unless nothing is changed, with this action and code. */
async function expectUnchanged(request: object, code: string, action = "BAD_REQUEST") {
  const before = await everythingStored(test);
  expect(await update(request)).toEqual({
    action,
    resultCode: code,
    resultMessage: expect.stringMatching(new RegExp(`^\\[${code}\\] `)),
  });
  expect(await everythingStored(test)).toEqual(before);
}

describe("an update is refused", () => {
  it.each([{}, { accessToken: "" }, { tokenId: null, refreshToken: 7 }])(
    "that names no token: %j",
    async (names) => {
      await expectUnchanged({ scopes: [], ...names }, "A134201");
    },
  );

  it.each(["accessToken", "accessTokenHash", "tokenId", "refreshToken", "refreshTokenHash"])(
    "whose %s is none of a token",
    async (member) => {
      for (const value of ["unknown", "\u0000", "\ud800", hashOf("unknown"), "x".repeat(9999)]) {
        await expectUnchanged({ [member]: value, scopes: [] }, "A134202", "NOT_FOUND");
      }
    },
  );

  it("that takes one kind of name for another", async () => {
    const { id } = await row();
    await expectUnchanged({ accessToken: id }, "A134202", "NOT_FOUND");
    await expectUnchanged({ tokenId: tokens.accessToken }, "A134202", "NOT_FOUND");
    await expectUnchanged({ accessToken: tokens.refreshToken }, "A134202", "NOT_FOUND");
    await expectUnchanged({ refreshToken: tokens.accessToken }, "A134202", "NOT_FOUND");
  });

  it("for properties that are too big, and thumbprints that are none", async () => {
    const { accessToken } = tokens;
    const properties = [{ key: "k", value: "x".repeat(60_000) }];
    await expectUnchanged({ accessToken, scopes: [], properties }, "A108201");
    await expectUnchanged({ accessToken, scopes: [], dpopKeyThumbprint: "short" }, "A900204");
  });

  it("or carried out, whatever the members are", async () => {
    const members = [
      "scopes",
      "properties",
      "accessTokenExpiresAt",
      "refreshTokenExpiresAt",
      "authorizationDetails",
    ];
    const flags = [
      "accessTokenPersistent",
      "forExternalAttachment",
      "accessTokenExpiresAtUpdatedOnScopeUpdate",
    ];
    const names = fc.constantFrom(...members, ...flags, "certificateThumbprint", "dpopKeyThumbprint");
    const value = fc.oneof(
      fc.anything(),
      fc.double(),
      fc.jsonValue(),
      fc.array(fc.string({ unit: "binary" })),
    );
    await fc.assert(
      fc.asyncProperty(fc.dictionary(names, value, { maxKeys: 4 }), async (request) => {
        expect(["OK", "BAD_REQUEST"]).toContain((await change(request)).action);
      }),
      { numRuns: 150 },
    );
  }, 60_000);
});
