import { Authlete } from "@authlete/typescript-sdk";
import { AuthleteDefaultError } from "@authlete/typescript-sdk/models/errors/authletedefaulterror.js";
import { ResultError } from "@authlete/typescript-sdk/models/errors/resulterror.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  basic,
  clients,
  form,
  ISSUER,
  jwtParts,
  openTestEngine,
  SERVICE_ID,
  type TestEngine,
} from "../../support/engine.ts";
import { ACCESS_TOKEN, errorOf, serveWebApi, signIn } from "../engine/served-engine.ts";

/** The official SDK, in no way prepared, against the embedded engine: it rejects every answer it does not know. */
let test: TestEngine;
let web: Awaited<ReturnType<typeof serveWebApi>>;
let sdk: Authlete;
beforeAll(async () => {
  test = await openTestEngine({ service: { attributes: [{ key: "tier", value: "gold" }] } });
  web = await serveWebApi(test.engine);
  sdk = new Authlete({ bearer: ACCESS_TOKEN, serverURL: web.baseUrl, timeoutMs: 10_000 });
});
afterAll(async () => {
  expect(web.reported).toEqual([]);
  await web.close();
  await test.close();
});

const serviceId = SERVICE_ID;
const request = (parameters: Record<string, string>, members: Record<string, unknown> = {}) =>
  sdk.token.process({
    serviceId,
    tokenRequest: { parameters: form(parameters), ...basic(clients.firstParty), ...members },
  });
const ticketOf = async () => {
  const { action, ticket } = await request(signIn);
  expect(action).toBe("PASSWORD");
  return ticket ?? expect.fail("no ticket");
};
const issue = async (members: Record<string, unknown> = {}) =>
  sdk.token.issue({
    serviceId,
    tokenIssueRequest: { ticket: await ticketOf(), subject: "alice", ...members },
  });
const introspect = (token: string | undefined, members: Record<string, unknown> = {}) =>
  sdk.introspection.process({ serviceId, introspectionRequest: { token: token ?? "", ...members } });
const revoke = (token: string | undefined) =>
  sdk.revocation.process({
    serviceId,
    revocationRequest: { parameters: form({ token: token ?? "" }), ...basic(clients.firstParty) },
  });

describe("the official SDK", () => {
  it("goes from a token request to a ticket, tokens, a resource and revocation", async () => {
    expect(await request(signIn)).toMatchObject({
      action: "PASSWORD",
      resultCode: "A051001",
      username: "alice",
      password: "wonderland",
      clientId: Number(clients.firstParty.id),
      scopes: ["openid", "profile"],
      serviceAttributes: [{ key: "tier", value: "gold" }],
    });
    const issued = await issue();
    expect(issued).toMatchObject({
      action: "OK",
      resultCode: "A054001",
      subject: "alice",
      accessTokenDuration: 3600,
    });
    expect(issued.accessTokenExpiresAt).toBe(test.clock() + 3_600_000);
    const asked = { scopes: ["profile"], subject: "alice" };
    expect(await introspect(issued.accessToken, asked)).toMatchObject({
      action: "OK",
      subject: "alice",
      existent: true,
      usable: true,
      sufficient: true,
      refreshable: true,
      scopeDetails: [{ name: "openid" }, { name: "profile" }],
    });
    expect(await revoke(issued.accessToken)).toMatchObject({ action: "OK" });
    expect(await introspect(issued.accessToken)).toMatchObject({ action: "UNAUTHORIZED", existent: false });
    expect(await revoke(issued.accessToken)).toMatchObject({ action: "OK", resultCode: "A113001" });
  });

  it("goes from a token request to a failure", async () => {
    const ticket = await ticketOf();
    const before = test.issued();
    const fail = () =>
      sdk.token.fail({
        serviceId,
        tokenFailRequest: { ticket, reason: "INVALID_RESOURCE_OWNER_CREDENTIALS" },
      });
    expect(await fail()).toMatchObject({ action: "BAD_REQUEST", resultCode: "A067301" });
    expect(await fail()).toMatchObject({ action: "INTERNAL_SERVER_ERROR", resultCode: "A063202" });
    const late = await sdk.token.issue({ serviceId, tokenIssueRequest: { ticket, subject: "alice" } });
    expect(late).toMatchObject({ action: "INTERNAL_SERVER_ERROR", resultCode: "A055202" });
    expect(late.accessToken).toBeUndefined();
    expect(test.issued()).toBe(before);
  });

  it("chooses the value, the claims and the properties of a token", async () => {
    await test.setService({ accessTokenSignAlg: "ES256" });
    const accessToken = "value-that-the-caller-chose-0123456789-abcdef";
    const properties = [
      { key: "tier", value: "gold", hidden: false },
      { key: "score", value: "7", hidden: true },
    ];
    const issued = await issue({
      accessToken,
      jwtAtClaims: '{"tenant":{"id":7}}',
      properties,
      accessTokenDuration: 60,
    });
    expect(issued).toMatchObject({ action: "OK", accessToken, accessTokenDuration: 60 });
    expect(issued.properties).toMatchObject(properties.map(({ key, value }) => ({ key, value })));
    const { header, payload } = jwtParts(issued.jwtAccessToken ?? "");
    expect(header).toMatchObject({ typ: "at+jwt", alg: "ES256" });
    expect(payload).toMatchObject({ iss: ISSUER, jti: accessToken, tenant: { id: 7 }, tier: "gold" });
    expect(payload).not.toHaveProperty("score");
    for (const token of [accessToken, issued.jwtAccessToken]) {
      const introspected = await introspect(token);
      expect(introspected).toMatchObject({ action: "OK", subject: "alice" });
      expect(introspected.properties).toMatchObject([
        { key: "tier", value: "gold" },
        { key: "score", value: "7", hidden: true },
      ]);
    }
    expect(await issue({ accessToken })).toMatchObject({ action: "INTERNAL_SERVER_ERROR" });
    await test.setService({ accessTokenSignAlg: undefined });
  });

  it("refreshes, and sees the old pair die", async () => {
    const issued = await issue();
    const parameters = { grant_type: "refresh_token", refresh_token: issued.refreshToken ?? "" };
    const refreshed = await request(parameters);
    expect(refreshed).toMatchObject({ action: "OK", resultCode: "A053001", subject: "alice" });
    expect(await introspect(issued.accessToken)).toMatchObject({ action: "UNAUTHORIZED" });
    const reused = await request(parameters);
    expect(reused).toMatchObject({ action: "BAD_REQUEST", resultCode: "A053305" });
    expect(errorOf(reused)).toBe("invalid_grant");
  });

  it.each([
    ["a wrong secret", { clientSecret: "wrong" }, "INVALID_CLIENT", "invalid_client"],
    ["no parameters", { parameters: "" }, "BAD_REQUEST", "invalid_request"],
    ["an unknown grant type", { parameters: "grant_type=x" }, "BAD_REQUEST", "unsupported_grant_type"],
  ])("can read what is refused: %s", async (_what, members, action, error) => {
    const before = test.issued();
    const answer = await request(signIn, members);
    expect(answer.action).toBe(action);
    expect(errorOf(answer)).toBe(error);
    expect(test.issued()).toBe(before);
    expect((await request(signIn)).action).toBe("PASSWORD");
  });

  it("reads every action of introspection", async () => {
    const { accessToken } = await issue();
    const actions = [
      await introspect(""),
      await introspect("unknown"),
      await introspect(accessToken, { scopes: ["email"] }),
      await introspect(accessToken, { subject: "bob" }),
      await introspect(accessToken),
    ].map(({ action }) => action);
    expect(actions).toEqual(["BAD_REQUEST", "UNAUTHORIZED", "FORBIDDEN", "FORBIDDEN", "OK"]);
  });

  it("reads the service, its keys and a client", async () => {
    expect(await sdk.service.get({ serviceId })).toMatchObject({
      issuer: ISSUER,
      tokenEndpoint: `${ISSUER}/oauth/token`,
      supportedResponseTypes: ["CODE"],
    });
    const { keys } = (await sdk.jwkSetEndpoint.serviceJwksGetApi({ serviceId, pretty: true })) as {
      keys: unknown[];
    };
    expect(keys).toHaveLength(4);
    expect(JSON.stringify(keys)).not.toContain('"d":');
    expect(await sdk.client.get({ serviceId, clientId: clients.backend.id })).toMatchObject({
      clientId: Number(clients.backend.id),
      tokenAuthMethod: "CLIENT_SECRET_BASIC",
      extension: { requestableScopesEnabled: true },
    });
  });

  it("reads why a call failed", async () => {
    const stranger = new Authlete({ bearer: "wrong", serverURL: web.baseUrl, timeoutMs: 10_000 });
    const failed = (call: Promise<unknown>) => call.catch((error: unknown) => error);
    const unknown = await failed(stranger.service.get({ serviceId }));
    expect(unknown).toBeInstanceOf(ResultError);
    expect(unknown).toMatchObject({ statusCode: 401, resultCode: "A458101" });
    const foreign = await failed(sdk.service.get({ serviceId: "1" }));
    expect(foreign).toBeInstanceOf(ResultError);
    expect(foreign).toMatchObject({ statusCode: 403, resultCode: "A001217" });
    const missing = await failed(sdk.client.get({ serviceId, clientId: "999" }));
    expect(missing).toBeInstanceOf(AuthleteDefaultError);
    expect(missing).toMatchObject({ statusCode: 404 });
    expect(await sdk.service.get({ serviceId })).toMatchObject({ issuer: ISSUER });
  });
});
