import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { anyText } from "../../../support/any-text.ts";
import {
  clients,
  contentOf,
  form,
  issuedTokens,
  oauthError,
  openTestEngine,
  type TestEngine,
} from "../../../support/engine.ts";
import { storedToken } from "../../../support/stored-token.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await openTestEngine();
});
afterEach(() => test.close());

const { firstParty } = clients;

const introspect = (parameters: Record<string, string>, request: Record<string, unknown> = {}) =>
  test.engine["auth/introspection/standard"]({ parameters: form(parameters), ...request });

/** The body of an answer that has to be `OK`. */
async function bodyOf(parameters: Record<string, string>, request: Record<string, unknown> = {}) {
  const answer = await introspect(parameters, request);
  expect(answer).toMatchObject({ action: "OK", resultCode: "A145001" });
  return JSON.parse(contentOf(answer));
}

describe("standard introspection", () => {
  it("tells what there is to know of an access token", async () => {
    const details = {
      acr: "high",
      authTime: 1_893_450_000,
      confirmation: { jkt: "thumbprint" },
      authorizationDetails: {
        elements: [{ type: "payment", dataTypes: ["a"], otherFields: '{"amount":"5"}' }],
      },
    };
    const token = await storedToken(test, {
      accessTokenResources: ["https://api.example"],
      grantId: "grant-1",
      details,
      properties: [
        { key: "tenant", value: "north" },
        { key: "rank", value: "secret", hidden: true },
        { key: "sub", value: "mallory" },
        { key: "empty" },
      ],
    });
    const expected = {
      active: true,
      scope: "openid profile",
      client_id: "2000",
      sub: "alice",
      iss: "https://as.example",
      exp: test.clock() / 1000 + 3600,
      token_type: "DPoP",
      aud: ["https://api.example"],
      acr: "high",
      auth_time: 1_893_450_000,
      cnf: { jkt: "thumbprint" },
      authorization_details: [{ type: "payment", datatypes: ["a"], amount: "5" }],
      grant_id: "grant-1",
      tenant: "north",
    };
    expect(await bodyOf({ token: token.accessToken })).toEqual(expected);
    const hidden = { withHiddenProperties: true };
    expect(await bodyOf({ token: token.accessToken }, hidden)).toEqual({ ...expected, rank: "secret" });
  });

  it("says only what it knows", async () => {
    const { accessToken } = await storedToken(test, { subject: undefined, scopes: [] });
    expect(await bodyOf({ token: accessToken })).toEqual({
      active: true,
      client_id: "2000",
      iss: "https://as.example",
      exp: test.clock() / 1000 + 3600,
      token_type: "Bearer",
    });
  });

  it("tells what a refresh token stands for", async () => {
    const { refreshToken } = await storedToken(test, {
      resources: ["https://api.example", "https://other.example"],
      accessTokenResources: ["https://api.example"],
      details: { confirmation: { jkt: "a" }, refreshTokenJkt: "b" },
    });
    expect(await bodyOf({ token: refreshToken })).toEqual({
      active: true,
      scope: "openid profile email",
      client_id: "2000",
      sub: "alice",
      iss: "https://as.example",
      exp: test.clock() / 1000 + 86_400,
      aud: ["https://api.example", "https://other.example"],
      cnf: { jkt: "b" },
    });
  });

  it.each(["access_token", "refresh_token", "unknown", ""])(
    "finds both kinds under the hint %j",
    async (hint) => {
      const { accessToken, refreshToken } = await storedToken(test);
      for (const token of [accessToken, refreshToken]) {
        expect(await bodyOf({ token, token_type_hint: hint })).toMatchObject({ active: true });
      }
    },
  );

  it("knows a JWT access token", async () => {
    await test.setService({ accessTokenSignAlg: "ES256" });
    const { jwtAccessToken, accessToken } = await issuedTokens(test.engine);
    for (const token of [jwtAccessToken ?? "", accessToken]) {
      expect(await bodyOf({ token })).toMatchObject({ active: true, sub: "alice" });
    }
    expect(await bodyOf({ token: `${jwtAccessToken}x` })).toEqual({ active: false });
  });
});

describe("a token is not active", () => {
  it("from the moment it expires, each of the pair for itself", async () => {
    const { accessToken, refreshToken } = await storedToken(test);
    test.clock.advance(3_600_000 - 1);
    expect(await bodyOf({ token: accessToken })).toMatchObject({ active: true });
    test.clock.advance(1);
    expect(await bodyOf({ token: accessToken })).toEqual({ active: false });
    expect(await bodyOf({ token: refreshToken })).toMatchObject({ active: true });
    test.clock.advance(86_400_000 - 3_600_000);
    expect(await bodyOf({ token: refreshToken })).toEqual({ active: false });
  });

  it("while its client is locked", async () => {
    const { accessToken, refreshToken } = await storedToken(test);
    await test.setClient(firstParty.id, { locked: true });
    for (const token of [accessToken, refreshToken])
      expect(await bodyOf({ token })).toEqual({ active: false });
    await test.setClient(firstParty.id, { locked: false });
    expect(await bodyOf({ token: accessToken })).toMatchObject({ active: true });
  });

  it("without its client", async () => {
    const { accessToken } = await storedToken(test, { clientId: 999 });
    expect(await bodyOf({ token: accessToken })).toEqual({ active: false });
  });

  it("for a resource server that it is not for", async () => {
    const own = { rsUri: "https://api.example" };
    const other = { rsUri: "https://other.example" };
    const { accessToken, refreshToken } = await storedToken(test, {
      resources: [own.rsUri],
      accessTokenResources: [own.rsUri],
    });
    for (const token of [accessToken, refreshToken]) {
      expect(await bodyOf({ token }, own)).toMatchObject({ active: true });
      expect(await bodyOf({ token }, other)).toEqual({ active: false });
      expect(await bodyOf({ token }, { rsUri: "" })).toMatchObject({ active: true });
    }
    const free = await storedToken(test);
    expect(await bodyOf({ token: free.accessToken }, other)).toMatchObject({ active: true });
  });

  it("when there is no such token", async () => {
    await fc.assert(
      fc.asyncProperty(anyText({ minLength: 1 }), async (token) => {
        expect(await bodyOf({ token })).toEqual({ active: false });
      }),
      { numRuns: 50 },
    );
  });
});

describe("standard introspection refuses", () => {
  it.each([
    [undefined, "A145201", "INTERNAL_SERVER_ERROR"],
    [null, "A145201", "INTERNAL_SERVER_ERROR"],
    [5, "A145202", "INTERNAL_SERVER_ERROR"],
    ["", "A145301", "BAD_REQUEST"],
    ["x=1", "A145302", "BAD_REQUEST"],
    ["token=", "A145302", "BAD_REQUEST"],
    ["token=a&token=b", "A902302", "BAD_REQUEST"],
  ])("the parameters %j", async (parameters, code, action) => {
    const answer = await test.engine["auth/introspection/standard"]({ parameters } as never);
    expect(answer).toMatchObject({ resultCode: code, action });
    expect(oauthError(answer).error).toBe(action === "BAD_REQUEST" ? "invalid_request" : "server_error");
  });

  it("nothing else of any input", async () => {
    const { accessToken } = await storedToken(test);
    const member = fc.constantFrom(
      "rsUri",
      "httpAcceptHeader",
      "introspectionSignAlg",
      "introspectionEncryptionAlg",
      "introspectionEncryptionEnc",
      "sharedKeyForSign",
      "sharedKeyForEncryption",
      "publicKeyForEncryption",
      "withHiddenProperties",
    );
    const value = fc.oneof(fc.anything(), fc.constant("application/token-introspection+jwt"), fc.json());
    await fc.assert(
      fc.asyncProperty(fc.dictionary(member, value), async (request) => {
        const { action } = await introspect({ token: accessToken }, request);
        expect(["OK", "JWT", "BAD_REQUEST", "INTERNAL_SERVER_ERROR"]).toContain(action);
      }),
    );
  });
});
