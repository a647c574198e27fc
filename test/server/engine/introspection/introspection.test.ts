import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  clients,
  contentOf,
  issuedTokens,
  openTestEngine,
  type TestEngine,
} from "../../../support/engine.ts";
import { offline } from "../../../support/offline.ts";
import { storedToken } from "../../../support/stored-token.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await openTestEngine();
});
afterEach(() => test.close());

const { firstParty } = clients;
const introspect = (request: Record<string, unknown>) => test.engine["auth/introspection"](request);

describe("introspection", () => {
  it("tells what there is to know of a good token", async () => {
    await test.setService({
      supportedScopes: [
        { name: "openid", description: "Sign in", attributes: [{ key: "x", value: "y" }] },
        { name: "profile" },
      ],
      attributes: [{ key: "s", value: "1" }],
    });
    const attributes = [{ key: "c", value: "2" }];
    await test.setClient(firstParty.id, { attributes, clientIdAlias: "own" });
    const tokens = await issuedTokens(test.engine, {
      parameters: { resource: "https://api.example" },
      properties: [
        { key: "a", value: "1" },
        { key: "b", value: "2", hidden: true },
      ],
    });
    expect(await introspect({ token: tokens.accessToken })).toEqual({
      resultCode: "A056001",
      resultMessage: expect.stringMatching(/^\[A056001\] /),
      action: "OK",
      responseContent: 'Bearer error="invalid_request"',
      existent: true,
      usable: true,
      sufficient: false,
      refreshable: true,
      expiresAt: tokens.accessTokenExpiresAt,
      clientId: 2000,
      clientIdAlias: "own",
      clientIdAliasUsed: false,
      subject: "alice",
      scopes: ["openid", "profile"],
      scopeDetails: [
        { name: "openid", description: "Sign in", attributes: [{ key: "x", value: "y" }] },
        { name: "profile" },
      ],
      grantType: "PASSWORD",
      properties: [
        { key: "a", value: "1", hidden: false },
        { key: "b", value: "2", hidden: true },
      ],
      resources: ["https://api.example"],
      accessTokenResources: ["https://api.example"],
      serviceAttributes: [{ key: "s", value: "1" }],
      clientAttributes: [{ key: "c", value: "2" }],
    });
  });

  it("tells how the user was authenticated, and what was granted", async () => {
    const grant = { scopes: [{ scope: "openid" }], claims: ["name"] };
    const times = { createdAt: test.clock(), updatedAt: test.clock() };
    await test.store.engine.write((writer) =>
      writer.upsertGrant({
        serviceId: "1001",
        grantId: "g1",
        clientId: 2000,
        subject: "alice",
        grant,
        ...times,
      }),
    );
    const details = {
      acr: "silver",
      authTime: 1_893_450_000,
      authorizationDetails: { elements: [{ type: "payment" }] },
      consentedClaims: ["name"],
      forExternalAttachment: true,
    };
    const { accessToken: token } = await storedToken(test, { grantId: "g1", details });
    expect(await introspect({ token })).toMatchObject({ action: "OK", grantId: "g1", grant, ...details });
    const { accessToken: other } = await storedToken(test, { grantId: "gone" });
    const answer = await introspect({ token: other });
    expect(answer).toMatchObject({ action: "OK", grantId: "gone" });
    for (const name of ["grant", ...Object.keys(details)]) expect(answer).not.toHaveProperty(name);
  });

  it("is sufficient when the demanded scopes are covered", async () => {
    const { accessToken: token } = await issuedTokens(test.engine);
    expect(await introspect({ token, scopes: ["profile"], subject: "alice" })).toMatchObject({
      action: "OK",
      sufficient: true,
    });
    const notGiven = { scopes: null, subject: null, acrValues: [], maxAge: 0, resources: null, dpop: null };
    expect(await introspect({ token, ...notGiven })).toMatchObject({ action: "OK" });
  });

  it.each([
    ["missing", {}],
    ["null", { token: null }],
    ["empty", { token: "" }],
    ["no text", { token: 5 }],
  ])("needs a token: %s", async (_, request) => {
    expect(await introspect(request)).toMatchObject({
      action: "BAD_REQUEST",
      resultCode: "A057301",
      existent: false,
      responseContent: expect.stringMatching(
        /^Bearer error="invalid_request",error_description="\[A057301\] /,
      ),
    });
  });

  it.each(["unknown", "\u0000", "\ud800", "x".repeat(100_000), "a.b.c", "eyJ.eyJ.x"])(
    "does not know %j",
    async (token) => {
      const answer = await introspect({ token });
      expect(answer).toMatchObject({
        action: "UNAUTHORIZED",
        existent: false,
        usable: false,
        refreshable: false,
      });
      expect(contentOf(answer)).toMatch(/^Bearer error="invalid_token",error_description="\[A05730[24]\] /);
      expect(answer).not.toHaveProperty("subject");
    },
  );

  it("does not know a refresh token", async () => {
    const { refreshToken } = await issuedTokens(test.engine);
    expect(await introspect({ token: refreshToken })).toMatchObject({ resultCode: "A057302" });
  });

  it("tells an expired token from one that never was", async () => {
    const { accessToken: token } = await issuedTokens(test.engine);
    test.clock.advance(3_600_000 - 1);
    expect(await introspect({ token })).toMatchObject({ action: "OK" });
    test.clock.advance(1);
    expect(await introspect({ token })).toMatchObject({
      action: "UNAUTHORIZED",
      resultCode: "A065301",
      existent: true,
      usable: false,
      refreshable: true,
      subject: "alice",
    });
    test.clock.advance(2_592_000_000);
    expect(await introspect({ token })).toMatchObject({ resultCode: "A065302", refreshable: false });
  });

  it("does not accept tokens of a locked client", async () => {
    const { accessToken: token } = await issuedTokens(test.engine);
    await test.setClient(firstParty.id, { locked: true });
    expect(await introspect({ token })).toMatchObject({
      action: "UNAUTHORIZED",
      resultCode: "A097303",
      usable: false,
    });
    await test.setClient(firstParty.id, { locked: false });
    expect(await introspect({ token })).toMatchObject({ action: "OK" });
  });

  it("does not accept tokens of a client that is gone", async () => {
    const { accessToken: token } = await issuedTokens(test.engine);
    const { createEngine } = await import("../../../../src/server/engine/engine.ts");
    const { engine: store } = test.store;
    const without = { ...store.read, findClient: async () => undefined };
    const engine = createEngine({
      store: { read: without, write: store.write },
      clock: test.clock,
      random: (bytes) => new Uint8Array(bytes),
      serviceId: "1001",
      ...offline,
    });
    expect(await engine["auth/introspection"]({ token })).toMatchObject({
      action: "UNAUTHORIZED",
      resultCode: "A097301",
      clientId: 2000,
    });
  });
});

describe("a token that is not enough", () => {
  it.each([
    ["a scope that it lacks", { scopes: ["openid", "email"] }, "FORBIDDEN", "A064302", "insufficient_scope"],
    ["another subject", { subject: "bob" }, "FORBIDDEN", "A066302", "invalid_request"],
    ["the subject in another case", { subject: "Alice" }, "FORBIDDEN", "A066302", "invalid_request"],
    [
      "a context class",
      { acrValues: ["gold"] },
      "UNAUTHORIZED",
      "A341302",
      "insufficient_user_authentication",
    ],
    [
      "a recent authentication",
      { maxAge: 60 },
      "UNAUTHORIZED",
      "A340301",
      "insufficient_user_authentication",
    ],
  ])("for %s", async (_, demand, action, code, error) => {
    const { accessToken: token } = await issuedTokens(test.engine);
    const answer = await introspect({ token, ...demand });
    expect(answer).toMatchObject({
      action,
      resultCode: code,
      existent: true,
      usable: true,
      sufficient: false,
    });
    expect(contentOf(answer)).toContain(`Bearer error="${error}",error_description="[${code}] `);
    expect(await introspect({ token })).toMatchObject({ action: "OK" });
  });

  it("says what authentication would be, and takes one that is", async () => {
    const authTime = test.clock() / 1000;
    const { accessToken: token } = await storedToken(test, { details: { acr: "silver", authTime } });
    const demand = { acrValues: ["gold", "platinum", 'a"b'], maxAge: 60 };
    const refused = await introspect({ token, ...demand });
    expect(refused).toMatchObject({ action: "UNAUTHORIZED", resultCode: "A341302" });
    expect(contentOf(refused)).toMatch(/,acr_values="gold platinum",max_age=60$/);
    expect(await introspect({ token, acrValues: ["gold", "silver"] })).toMatchObject({ action: "OK" });
    test.clock.advance(60_000);
    expect(await introspect({ token, maxAge: 60 })).toMatchObject({ action: "OK" });
    test.clock.advance(1);
    const old = await introspect({ token, maxAge: 60 });
    expect(old).toMatchObject({ action: "UNAUTHORIZED", resultCode: "A340301" });
    expect(contentOf(old)).toMatch(/,max_age=60$/);
  });

  it("for a resource that it is not for", async () => {
    const resources = ["https://api.example"];
    const { accessToken: token } = await issuedTokens(test.engine, { parameters: { resource: resources } });
    expect(await introspect({ token, resources })).toMatchObject({ action: "OK" });
    expect(await introspect({ token, resources: ["https://other.example"] })).toMatchObject({
      action: "FORBIDDEN",
      resultCode: "A064303",
    });
    const free = await issuedTokens(test.engine);
    expect(await introspect({ token: free.accessToken, resources })).toMatchObject({ action: "OK" });
  });

  it("when it has no scopes or no subject at all", async () => {
    const own = await test.engine["auth/token"]({
      parameters: "grant_type=client_credentials",
      clientId: clients.backend.id,
      clientSecret: clients.backend.secret,
    });
    const token = (own as { accessToken: string }).accessToken;
    expect(await introspect({ token, scopes: ["openid"] })).toMatchObject({ resultCode: "A064301" });
    expect(await introspect({ token, subject: "alice" })).toMatchObject({ resultCode: "A066301" });
    expect(await introspect({ token, subject: "" })).toMatchObject({ resultCode: "A066301" });
    expect(await introspect({ token })).toMatchObject({ action: "OK" });
  });

  it("names the demanded scopes without letting them out of the header", async () => {
    const { accessToken: token } = await issuedTokens(test.engine);
    const answer = await introspect({ token, scopes: ["email", 'x",realm="y', "a\r\nb", "write:all"] });
    expect(contentOf(answer)).toMatch(/,scope="email write:all"$/);
  });

  it("says less where the service wants that", async () => {
    await test.setService({ errorDescriptionOmitted: true, errorUriOmitted: true });
    expect(contentOf(await introspect({ token: "x" }))).toBe('Bearer error="invalid_token"');
  });
});
