import { hash } from "node:crypto";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { grantTypeSchema } from "../../../../src/server/authlete/enumerations.ts";
import type { Request } from "../../../../src/server/authlete/operations.ts";
import { LONGEST_SECONDS } from "../../../../src/server/engine/given.ts";
import { hashOf } from "../../../../src/server/secret/hash.ts";
import { issueCertificate } from "../../../support/certificates.ts";
import {
  clients,
  form,
  issued,
  jwtParts,
  openTestEngine,
  refresh,
  SERVICE_ID,
  type TestEngine,
} from "../../../support/engine.ts";
import { everythingStored } from "../../../support/refused-call.ts";

const { firstParty, backend, app } = clients;
const allGrantTypes = grantTypeSchema.options;

let test: TestEngine;
beforeEach(async () => {
  test = await openTestEngine({ service: { supportedGrantTypes: allGrantTypes } });
  await test.setClient(firstParty.id, { grantTypes: undefined, extension: {} });
});
afterEach(() => test.close());

const base = { grantType: "AUTHORIZATION_CODE", clientId: 2000, subject: "alice" } as const;
const create = (request: object = {}) => test.engine["auth/token/create"]({ ...base, ...request } as never);
const created = async (request: Partial<Request<"auth/token/create">> = {}) => issued(await create(request));
const introspect = (token: string, request: object = {}) =>
  test.engine["auth/introspection"]({ token, ...request });
const rowOf = async (accessToken: string) =>
  (await test.store.engine.read.findByAccessToken(SERVICE_ID, hashOf(accessToken))) ?? expect.fail("no row");

describe("a token that is created", () => {
  it("is told, and is like any other", async () => {
    const answer = await created({ scopes: ["openid", "email", "email"] });
    expect(answer).toEqual({
      resultCode: "A109001",
      resultMessage: expect.stringMatching(/^\[A109001\] /),
      action: "OK",
      accessToken: expect.stringMatching(/^[\w-]{43}$/),
      refreshToken: expect.stringMatching(/^[\w-]{43}$/),
      refreshTokenScopes: ["openid", "email"],
      clientId: 2000,
      subject: "alice",
      grantType: "AUTHORIZATION_CODE",
      scopes: ["openid", "email"],
      tokenType: "Bearer",
      expiresIn: 3600,
      expiresAt: test.clock() + 3_600_000,
      tokenId: expect.stringMatching(/^[\w-]{30}$/),
    });
    expect(await introspect(answer.accessToken)).toMatchObject({
      action: "OK",
      subject: "alice",
      grantType: "AUTHORIZATION_CODE",
      scopes: ["openid", "email"],
      refreshable: true,
    });
    expect(await refresh(test.engine, answer.refreshToken)).toMatchObject({ action: "OK", subject: "alice" });
  });

  const withRefreshToken = [
    "AUTHORIZATION_CODE",
    "PASSWORD",
    "CIBA",
    "DEVICE_CODE",
    "TOKEN_EXCHANGE",
    "JWT_BEARER",
  ];
  it.each([...withRefreshToken, "IMPLICIT", "CLIENT_CREDENTIALS"])(
    "may be of the grant type %s",
    async (grantType) => {
      const answer = issued(await create({ grantType }));
      expect(answer.grantType).toBe(grantType);
      expect("refreshToken" in answer).toBe(withRefreshToken.includes(grantType));
      expect("subject" in answer).toBe(grantType !== "CLIENT_CREDENTIALS");
      expect(await introspect(answer.accessToken)).toMatchObject({ action: "OK", grantType });
    },
  );

  it("has no subject where there need not be one", async () => {
    expect(await created({ grantType: "JWT_BEARER", subject: "" })).not.toHaveProperty("subject");
    expect(await created({ grantType: "CLIENT_CREDENTIALS", subject: "alice" })).not.toHaveProperty(
      "subject",
    );
  });

  it("has no refresh token where service or client do not use them", async () => {
    await test.setClient(firstParty.id, { grantTypes: ["AUTHORIZATION_CODE"] });
    expect(await created()).not.toHaveProperty("refreshToken");
    await test.setClient(firstParty.id, { grantTypes: undefined });
    await test.setService({ supportedGrantTypes: ["AUTHORIZATION_CODE"] });
    expect(await created()).not.toHaveProperty("refreshToken");
  });

  it("has the values that the caller chooses", async () => {
    const [accessToken, refreshToken] = ["a chosen access token", "a chosen refresh token"];
    expect(await created({ accessToken, refreshToken })).toMatchObject({ accessToken, refreshToken });
    expect(await introspect(accessToken)).toMatchObject({ action: "OK" });
    expect(await refresh(test.engine, refreshToken)).toMatchObject({ action: "OK" });
  });

  it("lives as long as the caller says, or for good", async () => {
    const short = await created({ accessTokenDuration: 5, refreshTokenDuration: 7 });
    expect(short).toMatchObject({ expiresIn: 5, expiresAt: test.clock() + 5000 });
    expect((await rowOf(short.accessToken)).refreshTokenExpiresAt).toBe(test.clock() + 7000);
    for (const accessTokenDuration of [0, -5, null]) {
      expect(await create({ accessTokenDuration })).toMatchObject({ expiresIn: 3600 });
    }
    const persistent = await created({ accessTokenPersistent: true, accessTokenDuration: 5 });
    expect(persistent.expiresIn).toBe(LONGEST_SECONDS);
    test.clock.advance(10 * 365 * 86_400_000);
    expect(await introspect(persistent.accessToken)).toMatchObject({ usable: true });
  });

  it("carries properties, resources, details, and what is known of the authentication", async () => {
    const properties = [{ key: "tier", value: "gold", hidden: true }];
    const authorizationDetails = { elements: [{ type: "pay", actions: ["read"] }] };
    const answer = await created({
      properties,
      authorizationDetails,
      resources: ["https://api.example/", "https://api.example/"],
      acr: "gold",
      authTime: 1_800_000_000,
      sessionId: "session",
      forExternalAttachment: true,
      clientIdAliasUsed: true,
    });
    expect(answer).toMatchObject({
      properties,
      authorizationDetails,
      sessionId: "session",
      forExternalAttachment: true,
    });
    expect(await rowOf(answer.accessToken)).toMatchObject({
      sessionId: "session",
      clientIdAliasUsed: true,
      resources: ["https://api.example/"],
      accessTokenResources: ["https://api.example/"],
      details: { acr: "gold", authTime: 1_800_000_000, authorizationDetails, forExternalAttachment: true },
    });
  });

  it("is a JWT where the service wants that", async () => {
    await test.setService({ accessTokenSignAlg: "ES256" });
    const answer = await created({ scopes: ["email"], jwtAtClaims: '{"tenant":"a","sub":"mallory"}' });
    expect(jwtParts(answer.jwtAccessToken ?? "").payload).toMatchObject({
      jti: answer.accessToken,
      sub: "alice",
      tenant: "a",
      scope: "email",
    });
    expect(await introspect(answer.jwtAccessToken ?? "")).toMatchObject({ action: "OK" });
  });

  it("may be bound to a certificate and to a key", async () => {
    const { pem, certificate } = issueCertificate();
    const certificateThumbprint = hash("sha256", certificate.raw, "base64url");
    const bound = await created({ certificateThumbprint });
    expect(bound.tokenType).toBe("Bearer");
    expect(await introspect(bound.accessToken)).toMatchObject({ action: "UNAUTHORIZED" });
    expect(await introspect(bound.accessToken, { clientCertificate: pem })).toMatchObject({ action: "OK" });
    const dpopKeyThumbprint = hashOf("key");
    const both = await created({ certificateThumbprint, dpopKeyThumbprint });
    expect(both.tokenType).toBe("DPoP");
    expect((await rowOf(both.accessToken)).details).toEqual({
      confirmation: { "x5t#S256": certificateThumbprint, jkt: dpopKeyThumbprint },
    });
    expect(await introspect(both.accessToken, { clientCertificate: pem })).toMatchObject({
      action: "UNAUTHORIZED",
    });
  });

  it("of a public client has a refresh token that is bound to the key as well", async () => {
    const dpopKeyThumbprint = hashOf("key");
    const answer = await created({ clientId: Number(app.id), dpopKeyThumbprint });
    expect((await rowOf(answer.accessToken)).details.refreshTokenJkt).toBe(dpopKeyThumbprint);
    const refreshed = await test.engine["auth/token"]({
      parameters: form({
        grant_type: "refresh_token",
        refresh_token: answer.refreshToken ?? "",
        client_id: app.id,
      }),
    });
    expect(refreshed).toMatchObject({ action: "BAD_REQUEST", resultCode: "A053311" });
  });

  it("is of the client that is named by number, by text, or by an alias that is allowed", async () => {
    const named = (request: object) => create({ clientId: undefined, ...request });
    expect(await named({ clientIdentifier: "2000" })).toMatchObject({
      clientId: 2000,
      clientIdentifier: "2000",
    });
    expect(await named({ clientIdentifier: "2001", clientId: 2000 })).toMatchObject({ clientId: 2001 });
    await test.setClient(firstParty.id, { clientIdAlias: "own", clientIdAliasEnabled: true });
    expect(await named({ clientIdentifier: "own" })).toMatchObject({ resultCode: "A107201" });
    await test.setService({ clientIdAliasEnabled: true });
    expect(await named({ clientIdentifier: "own" })).toMatchObject({ clientId: 2000 });
    await test.setClient(firstParty.id, { clientIdAliasEnabled: false });
    expect(await named({ clientIdentifier: "own" })).toMatchObject({ resultCode: "A107201" });
  });

  it.each(["service", "client"])(
    "takes the place of all earlier ones where the %s wants that",
    async (who) => {
      const before = [await created(), await created({ subject: "bob" }), await created({ clientId: 2001 })];
      if (who === "service") await test.setService({ singleAccessTokenPerSubject: true });
      else await test.setClient(firstParty.id, { singleAccessTokenPerSubject: true });
      const taken = await create({ accessToken: before[1]?.accessToken });
      expect(taken).toMatchObject({ resultCode: "A144201" });
      const states = () =>
        Promise.all(before.map(async ({ accessToken }) => (await introspect(accessToken)).action));
      expect(await states()).toEqual(["OK", "OK", "OK"]);
      await created();
      expect(await states()).toEqual(["UNAUTHORIZED", "OK", "OK"]);
    },
  );

  it("is the only one of its chosen value, however many are created at once", async () => {
    for (const [member, code] of [
      ["accessToken", "A144201"],
      ["refreshToken", "A144202"],
    ] as const) {
      const answers = await Promise.all(
        Array.from({ length: 64 }, () => create({ [member]: `one ${member}` })),
      );
      expect(answers.filter(({ action }) => action === "OK")).toHaveLength(1);
      for (const answer of answers) {
        if (answer.action !== "OK") expect(answer).toMatchObject({ action: "BAD_REQUEST", resultCode: code });
      }
    }
    expect(await test.store.engine.read.countTokens(SERVICE_ID, {})).toBe(2);
  });
});

/** Fails unless nothing is created, with this action and code. */
async function expectNone(request: object, code: string, action = "BAD_REQUEST") {
  const before = await everythingStored(test);
  const answer = await create(request);
  expect(answer).toEqual({
    action,
    resultCode: code,
    resultMessage: expect.stringMatching(new RegExp(`^\\[${code}\\] `)),
  });
  expect(await everythingStored(test)).toEqual(before);
  expect(test.issued()).toBe(before.tokens.length);
}

describe("no token is created", () => {
  it.each([
    [{ grantType: undefined }, "A104201"],
    [{ grantType: null }, "A104201"],
    [{ grantType: "" }, "A104201"],
    [{ grantType: "password" }, "A104201"],
    [{ grantType: 7 }, "A104201"],
    [{ grantType: "REFRESH_TOKEN" }, "A104202"],
    [{ grantType: "PRE_AUTHORIZED_CODE" }, "A104203"],
    [{ subject: undefined }, "A105201"],
    [{ subject: "" }, "A105201"],
    [{ subject: null }, "A105201"],
    [{ grantType: "TOKEN_EXCHANGE", subject: "" }, "A105201"],
    [{ subject: "a".repeat(101) }, "A105202"],
    [{ subject: "ü" }, "A105203"],
    [{ grantType: "JWT_BEARER", subject: "\u0000" }, "A105203"],
    [{ scopes: ["email", "nothing"] }, "A106201"],
    [{ properties: [{ key: "k", value: "x".repeat(60_000) }] }, "A108201"],
    [{ grantType: "IMPLICIT", refreshToken: "chosen" }, "A108203"],
    [{ grantType: "CLIENT_CREDENTIALS", refreshToken: "chosen" }, "A108204"],
    [{ certificateThumbprint: "short" }, "A900204"],
    [{ dpopKeyThumbprint: `${"a".repeat(42)}=` }, "A900204"],
    [{ sessionId: "\u0000" }, "A900205"],
    [{ sessionId: "s".repeat(501) }, "A900205"],
  ])("for %j: %s", async (request, code) => {
    await expectNone(request, code);
  });

  it("of a grant type that the service does not support", async () => {
    await test.setService({ supportedGrantTypes: ["PASSWORD"] });
    await expectNone({}, "A104203");
    expect(await create({ grantType: "PASSWORD" })).toMatchObject({ action: "OK" });
  });

  it("with a refresh token that service or client have no use for", async () => {
    await test.setClient(firstParty.id, { grantTypes: ["AUTHORIZATION_CODE"] });
    await expectNone({ refreshToken: "chosen" }, "A108202");
    expect(await create()).toMatchObject({ action: "OK" });
  });

  it.each([undefined, null, 0, -1, 999, 1.5, "2000x", Number.NaN])("for the client %j", async (clientId) => {
    await expectNone({ clientId }, "A107201", "FORBIDDEN");
  });

  it.each(["999", "nobody", "\u0000", "\ud800"])("for the client called %j", async (clientIdentifier) => {
    await expectNone({ clientIdentifier }, "A107201", "FORBIDDEN");
  });

  it("for a client that is locked", async () => {
    await test.setClient(firstParty.id, { locked: true });
    await expectNone({}, "A107203", "FORBIDDEN");
    expect(await create({ clientId: Number(backend.id) })).toMatchObject({ action: "OK" });
  });

  it("when a JWT is wanted and none can be made", async () => {
    await test.setService({ accessTokenSignAlg: "ES384" });
    await expectNone({}, "A108205", "INTERNAL_SERVER_ERROR");
    await expectNone({ jwtAtClaims: "[]" }, "A108205", "INTERNAL_SERVER_ERROR");
  });

  it("but a defined answer is given, whatever the members are", async () => {
    const members = Object.keys({
      ...{
        grantType: 0,
        clientId: 0,
        clientIdentifier: 0,
        subject: 0,
        scopes: 0,
        properties: 0,
        resources: 0,
      },
      ...{
        accessToken: 0,
        refreshToken: 0,
        certificateThumbprint: 0,
        dpopKeyThumbprint: 0,
        acr: 0,
        sessionId: 0,
      },
      ...{
        authTime: 0,
        authorizationDetails: 0,
        jwtAtClaims: 0,
        accessTokenDuration: 0,
        clientIdAliasUsed: 0,
      },
    });
    const value = fc.oneof(fc.anything(), fc.string({ unit: "binary" }), fc.double(), fc.jsonValue());
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.constantFrom(...members), value, { maxKeys: 4 }), async (change) => {
        const answer = await create(change);
        expect(["OK", "BAD_REQUEST", "FORBIDDEN", "INTERNAL_SERVER_ERROR"]).toContain(answer.action);
      }),
      { numRuns: 200 },
    );
  }, 60_000);
});
