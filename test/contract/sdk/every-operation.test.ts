import { createHash, randomBytes } from "node:crypto";
import { Authlete } from "@authlete/typescript-sdk";
import type { Client } from "@authlete/typescript-sdk/models/client.js";
import { AuthleteDefaultError } from "@authlete/typescript-sdk/models/errors/authletedefaulterror.js";
import { ResultError } from "@authlete/typescript-sdk/models/errors/resulterror.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { operations } from "../../../src/server/authlete/operations.ts";
import { type Engine, unavailableOperations } from "../../../src/server/engine/engine.ts";
import { form, openTestEngine, SERVICE_ID, type TestEngine } from "../../support/engine.ts";
import { ACCESS_TOKEN, serveWebApi } from "../engine/served-engine.ts";

/**
 * The official SDK drives every operation that it has. It rejects an answer with a value that it does not know, so that an
 * operation that resolves here is one that it understands whole.
 */
const serviceId = SERVICE_ID;
const REDIRECT_URI = "https://rp.example/callback";
const called = new Set<string>();
let test: TestEngine;
let web: Awaited<ReturnType<typeof serveWebApi>>;
let sdk: Authlete;
let client: Client;

beforeAll(async () => {
  test = await openTestEngine({
    service: {
      supportedAcrs: ["urn:acr:1"],
      supportedClaims: ["name", "email"],
      dynamicRegistrationSupported: true,
      idTokenReissuable: true,
      nativeSsoSupported: true,
      backchannelAuthenticationEndpoint: "https://as.example/ciba",
      supportedBackchannelTokenDeliveryModes: ["POLL"],
      deviceVerificationUri: "https://as.example/device",
      deviceFlowCodeDuration: 600,
      grantManagementEndpoint: "https://as.example/grants",
      supportedScopes: [
        "openid",
        "profile",
        "email",
        "device_sso",
        "grant_management_query",
        "grant_management_revoke",
      ].map((name) => ({ name, defaultEntry: false })),
    },
  });
  const observed = Object.entries(test.engine).map(([name, call]) => [
    name,
    (request: never) => {
      called.add(name);
      return call(request);
    },
  ]);
  web = await serveWebApi(Object.fromEntries(observed) as Engine);
  sdk = new Authlete({ bearer: ACCESS_TOKEN, serverURL: web.baseUrl, timeoutMs: 30_000 });
  client = await sdk.client.create({
    serviceId,
    client: {
      clientName: "Relying party",
      clientType: "CONFIDENTIAL",
      tokenAuthMethod: "CLIENT_SECRET_BASIC",
      redirectUris: [REDIRECT_URI],
      bcDeliveryMode: "POLL",
    },
  });
});
afterAll(async () => {
  expect(web.reported).toEqual([]);
  await web.close();
  await test.close();
});

const clientId = () => String(client.clientId);
const credentials = () => ({ clientId: clientId(), clientSecret: client.clientSecret ?? "" });
const verifier = randomBytes(32).toString("base64url");
const challenge = createHash("sha256").update(verifier).digest("base64url");

const parameters = (more: Record<string, string> = {}) =>
  form({
    client_id: clientId(),
    response_type: "code",
    redirect_uri: REDIRECT_URI,
    scope: "openid profile",
    state: "state-1",
    nonce: "nonce-1",
    code_challenge: challenge,
    code_challenge_method: "S256",
    ...more,
  });
const authorize = (more?: Record<string, string>) =>
  sdk.authorization.processRequest({ serviceId, authorizationRequest: { parameters: parameters(more) } });
const ticketOf = async (more?: Record<string, string>) => {
  const { action, ticket, resultMessage } = await authorize(more);
  expect(action, resultMessage).toBe("INTERACTION");
  return ticket ?? expect.fail("no ticket");
};
const codeOf = async (more?: Record<string, string>, members: Record<string, unknown> = {}) => {
  const issued = await sdk.authorization.issue({
    serviceId,
    authorizationIssueRequest: {
      ticket: await ticketOf(more),
      subject: "alice",
      authTime: Math.floor(test.clock() / 1000),
      acr: "urn:acr:1",
      claims: JSON.stringify({ name: "Alice" }),
      sessionId: "session-1",
      ...members,
    },
  });
  expect(issued.action, issued.resultMessage).toBe("LOCATION");
  return issued.authorizationCode ?? expect.fail("no code");
};
const token = (grant: Record<string, string>) =>
  sdk.token.process({ serviceId, tokenRequest: { parameters: form(grant), ...credentials() } });
/** The SDK does not know these two actions, though the description that it is made from has them: the call goes past it. */
const answerOf = async (action: "ID_TOKEN_REISSUABLE" | "NATIVE_SSO", grant: Record<string, string>) => {
  const answer = await test.engine["auth/token"]({ parameters: form(grant), ...credentials() });
  if (answer.action !== action) return expect.fail(`${answer.action} ${answer.resultMessage}`);
  return answer;
};
const tokensOf = async (more?: Record<string, string>, members?: Record<string, unknown>) => {
  const code = await codeOf(more, members);
  const answer = await token({
    grant_type: "authorization_code",
    code,
    redirect_uri: REDIRECT_URI,
    code_verifier: verifier,
  });
  expect(answer.accessToken, answer.resultMessage).toBeDefined();
  return { ...answer, accessToken: answer.accessToken ?? "" };
};

describe("the official SDK", () => {
  it("opens, reads, changes and fails authorization requests", async () => {
    const ticket = await ticketOf();
    const ticketRequest = { serviceId, authorizationTicketInfoRequest: { ticket } };
    expect(await sdk.authorization.management.getTicketInfo(ticketRequest)).toMatchObject({ action: "OK" });
    const update = { ticket, info: JSON.stringify({ context: "mine" }) };
    await sdk.authorization.management.updateTicket({ serviceId, authorizationTicketUpdateRequest: update });
    const { info } = await sdk.authorization.management.getTicketInfo(ticketRequest);
    expect(info?.context).toBe("mine");
    const failed = await sdk.authorization.fail({
      serviceId,
      authorizationFailRequest: { ticket, reason: "DENIED" },
    });
    expect(failed.action).toBe("LOCATION");
    expect(new URL(failed.responseContent ?? "").searchParams.get("error")).toBe("access_denied");
  });

  it("answers a silent request, and one that cannot be", async () => {
    const silent = await authorize({ prompt: "none" });
    expect(silent.action, silent.resultMessage).toBe("NO_INTERACTION");
    const wrong = await authorize({ redirect_uri: "https://elsewhere.example/" });
    expect(wrong.action).toBe("BAD_REQUEST");
  });

  it("pushes an authorization request and opens it", async () => {
    const pushed = await sdk.pushedAuthorization.create({
      serviceId,
      pushedAuthorizationRequest: { parameters: parameters(), ...credentials() },
    });
    expect(pushed.action, pushed.resultMessage).toBe("CREATED");
    const opened = await sdk.authorization.processRequest({
      serviceId,
      authorizationRequest: {
        parameters: form({ client_id: clientId(), request_uri: pushed.requestUri ?? "" }),
      },
    });
    expect(opened.action, opened.resultMessage).toBe("INTERACTION");
  });

  it("redeems a code, asks what the token is worth, whose it is, and refreshes it", async () => {
    const tokens = await tokensOf();
    expect(tokens).toMatchObject({ action: "OK", subject: "alice", scopes: ["openid", "profile"] });
    expect(tokens.idToken).toMatch(/^eyJ/);
    const introspectionRequest = { token: tokens.accessToken, scopes: ["openid"], subject: "alice" };
    const worth = await sdk.introspection.process({ serviceId, introspectionRequest });
    expect(worth).toMatchObject({ action: "OK", usable: true, sufficient: true });
    const standard = await sdk.introspection.standardProcess({
      serviceId,
      standardIntrospectionRequest: { parameters: form({ token: tokens.accessToken }) },
    });
    expect(JSON.parse(standard.responseContent ?? "")).toMatchObject({ active: true, sub: "alice" });
    const userinfoRequest = { token: tokens.accessToken };
    expect(await sdk.userinfo.process({ serviceId, userinfoRequest })).toMatchObject({ action: "OK" });
    const userinfo = await sdk.userinfo.issue({
      serviceId,
      userinfoIssueRequest: { ...userinfoRequest, claims: JSON.stringify({ name: "Alice" }) },
    });
    expect(JSON.parse(userinfo.responseContent ?? "")).toMatchObject({ sub: "alice", name: "Alice" });
    const grant = { grant_type: "refresh_token", refresh_token: tokens.refreshToken ?? "" };
    const refreshed = await answerOf("ID_TOKEN_REISSUABLE", grant);
    const reissued = await sdk.token.management.reissueIdToken({
      serviceId,
      idtokenReissueRequest: {
        accessToken: refreshed.jwtAccessToken ?? refreshed.accessToken ?? "",
        refreshToken: refreshed.refreshToken ?? "",
      },
    });
    expect(reissued).toMatchObject({ action: "OK", idToken: expect.stringMatching(/^eyJ/) });
    const joseVerifyRequest = { jose: reissued.idToken ?? "", mandatoryClaims: ["sub"] };
    expect(await sdk.joseObject.joseVerifyApi({ serviceId, joseVerifyRequest })).toMatchObject({
      valid: true,
    });
  });

  it("signs on across applications and out of them", async () => {
    const code = await codeOf({ scope: "openid device_sso" });
    const grant = {
      grant_type: "authorization_code",
      code,
      redirect_uri: REDIRECT_URI,
      code_verifier: verifier,
    };
    const tokens = await answerOf("NATIVE_SSO", grant);
    const nativeSsoRequest = {
      accessToken: tokens.accessToken,
      refreshToken: tokens.refreshToken ?? "",
      deviceSecret: randomBytes(32).toString("base64url"),
    };
    expect(await sdk.nativeSso.process({ serviceId, nativeSsoRequest })).toMatchObject({ action: "OK" });
    const nativeSsoLogoutRequest = { sessionId: "session-1" };
    expect(await sdk.nativeSso.logout({ serviceId, nativeSsoLogoutRequest })).toMatchObject({ action: "OK" });
  });

  it("issues, fails and revokes tokens of the password grant", async () => {
    const passwordTicket = async () => {
      const { action, ticket } = await token({
        grant_type: "password",
        username: "alice",
        password: "wonderland",
      });
      expect(action).toBe("PASSWORD");
      return ticket ?? "";
    };
    const tokenIssueRequest = { ticket: await passwordTicket(), subject: "alice" };
    const issued = await sdk.token.issue({ serviceId, tokenIssueRequest });
    expect(issued.action).toBe("OK");
    const tokenFailRequest = { ticket: await passwordTicket(), reason: "UNKNOWN" } as const;
    expect(await sdk.token.fail({ serviceId, tokenFailRequest })).toMatchObject({ action: "BAD_REQUEST" });
    const revocationRequest = { parameters: form({ token: issued.accessToken ?? "" }), ...credentials() };
    expect(await sdk.revocation.process({ serviceId, revocationRequest })).toMatchObject({ action: "OK" });
  });

  it("takes a device through its grant", async () => {
    const device = await sdk.deviceFlow.authorization({
      serviceId,
      deviceAuthorizationRequest: { parameters: form({ scope: "openid" }), ...credentials() },
    });
    expect(device.action, device.resultMessage).toBe("OK");
    const userCode = device.userCode ?? "";
    const deviceVerificationRequest = { userCode };
    expect(await sdk.deviceFlow.verification({ serviceId, deviceVerificationRequest })).toMatchObject({
      action: "VALID",
    });
    const grant = {
      grant_type: "urn:ietf:params:oauth:grant-type:device_code",
      device_code: device.deviceCode ?? "",
    };
    expect((await token(grant)).action).toBe("BAD_REQUEST");
    const deviceCompleteRequest = { userCode, result: "AUTHORIZED", subject: "alice" } as const;
    expect(await sdk.deviceFlow.complete({ serviceId, deviceCompleteRequest })).toMatchObject({
      action: "SUCCESS",
    });
    test.clock.advance(60_000);
    expect(await token(grant)).toMatchObject({ action: "OK", subject: "alice" });
  });

  it("asks an end-user on another device, and fails to", async () => {
    const start = async () => {
      const answer = await sdk.ciba.processAuthentication({
        serviceId,
        backchannelAuthenticationRequest: {
          parameters: form({ scope: "openid", login_hint: "alice" }),
          ...credentials(),
        },
      });
      expect(answer.action, answer.resultMessage).toBe("USER_IDENTIFICATION");
      return answer.ticket ?? "";
    };
    const backchannelAuthenticationFailRequest = {
      ticket: await start(),
      reason: "UNKNOWN_USER_ID",
    } as const;
    expect(await sdk.ciba.fail({ serviceId, backchannelAuthenticationFailRequest })).toMatchObject({
      action: "BAD_REQUEST",
    });
    const ticket = await start();
    const issued = await sdk.ciba.issue({ serviceId, backchannelAuthenticationIssueRequest: { ticket } });
    expect(issued.action, issued.resultMessage).toBe("OK");
    const complete = { ticket, result: "AUTHORIZED", subject: "alice" } as const;
    const completed = await sdk.ciba.complete({
      serviceId,
      backchannelAuthenticationCompleteRequest: complete,
    });
    expect(completed.action, completed.resultMessage).toBe("NO_ACTION");
    test.clock.advance(60_000);
    const grant = { grant_type: "urn:openid:params:grant-type:ciba", auth_req_id: issued.authReqId ?? "" };
    expect(await token(grant)).toMatchObject({ action: "OK", subject: "alice" });
  });

  it("registers a client, reads, changes and removes its registration", async () => {
    const json = JSON.stringify({ redirect_uris: [REDIRECT_URI], client_name: "Registered" });
    const registered = await sdk.dynamicClientRegistration.register({ serviceId, requestBody: { json } });
    expect(registered.action, registered.resultMessage).toBe("CREATED");
    const information = JSON.parse(registered.responseContent ?? "");
    const requestBody = { clientId: information.client_id, token: information.registration_access_token };
    const own = sdk.dynamicClientRegistration;
    expect((await own.get({ serviceId, requestBody })).action).toBe("OK");
    const updated = await own.update({
      serviceId,
      requestBody: { ...requestBody, json: JSON.stringify(information) },
    });
    expect(updated.action, updated.resultMessage).toBe("UPDATED");
    expect((await own.delete({ serviceId, requestBody })).action).toBe("DELETED");
  });

  it("makes, changes, lists and ends tokens without a token request", async () => {
    const created = await sdk.token.management.create({
      serviceId,
      tokenCreateRequest: {
        grantType: "AUTHORIZATION_CODE",
        clientId: client.clientId ?? 0,
        subject: "bob",
        scopes: ["openid"],
      },
    });
    expect(created.action, created.resultMessage).toBe("OK");
    const accessToken = created.accessToken ?? "";
    const tokenUpdateRequest = { accessToken, scopes: ["profile"] };
    expect(await sdk.token.management.update({ serviceId, tokenUpdateRequest })).toMatchObject({
      action: "OK",
    });
    const listed = await sdk.token.management.list({ serviceId, subject: "bob" });
    expect(listed).toMatchObject({ totalCount: 1, accessTokens: [{ subject: "bob", scopes: ["profile"] }] });
    const tokenRevokeRequest = { subject: "bob" };
    expect(await sdk.token.management.revoke({ serviceId, tokenRevokeRequest })).toMatchObject({ count: 1 });
    await sdk.token.management.delete({ serviceId, accessTokenIdentifier: accessToken });
  });

  it("queries a grant, and revokes it", async () => {
    const scope = "openid grant_management_query grant_management_revoke";
    const { accessToken, grantId, resultMessage } = await tokensOf({
      scope,
      grant_management_action: "create",
    });
    expect(grantId, resultMessage).toBeDefined();
    const gm = (gmAction: "QUERY" | "REVOKE") =>
      sdk.grantManagement.processRequest({
        serviceId,
        gMRequest: { accessToken, gmAction, grantId: grantId ?? "", token: accessToken } as never,
      });
    expect(await gm("QUERY")).toMatchObject({ action: "OK" });
    expect(await gm("REVOKE")).toMatchObject({ action: "NO_CONTENT" });
  });

  it("looks at what an end-user has granted, and takes it back", async () => {
    await tokensOf();
    const whose = { subjectPathParameter: "alice", subjectQueryParameter: "alice" };
    const management = sdk.client.management;
    const ofClient = { serviceId, clientId: clientId(), ...whose };
    const authorized = await management.listAuthorizations({ serviceId, ...whose });
    expect(authorized.clients?.map((entry) => entry.clientId)).toContain(client.clientId);
    const granted = await management.getGrantedScopes(ofClient);
    expect(granted.latestGrantedScopes?.toSorted()).toEqual(["openid", "profile"]);
    const clientAuthorizationUpdateRequest = { subject: "alice", scopes: ["openid"] };
    await management.updateAuthorizations({
      serviceId,
      clientId: clientId(),
      clientAuthorizationUpdateRequest,
    });
    await management.deleteAuthorizations(ofClient);
    await management.deleteGrantedScopes(ofClient);
    const left = await management.listAuthorizations({ serviceId, ...whose });
    expect(left.clients?.map((entry) => entry.clientId)).not.toContain(client.clientId);
    expect((await management.getGrantedScopes(ofClient)).latestGrantedScopes).toBeUndefined();
  });

  it("manages clients", async () => {
    const made = await sdk.client.create({
      serviceId,
      client: { clientName: "Short-lived", developer: "ann" },
    });
    const id = String(made.clientId);
    const list = await sdk.client.list({ serviceId, developer: "ann" });
    expect(list).toMatchObject({ totalCount: 1, clients: [{ clientName: "Short-lived" }] });
    const updated = await sdk.client.update({ serviceId, clientId: id, client: { clientName: "Renamed" } });
    expect(updated).toMatchObject({ clientName: "Renamed", clientId: made.clientId });
    const management = sdk.client.management;
    await management.updateLockFlag({
      serviceId,
      clientIdentifier: id,
      clientFlagUpdateRequest: { clientLocked: true },
    });
    expect((await sdk.client.get({ serviceId, clientId: id })).locked).toBe(true);
    const refreshed = await management.refreshSecret({ serviceId, clientIdentifier: id });
    expect(refreshed.oldClientSecret).toBe(made.clientSecret);
    const clientSecretUpdateRequest = { clientSecret: "a-secret-of-our-own-choice" };
    await management.updateSecret({ serviceId, clientIdentifier: id, clientSecretUpdateRequest });
    const own = { serviceId, clientId: id };
    const limit = { requestableScopes: ["openid"] };
    await management.updateRequestableScopes({
      ...own,
      clientExtensionRequestableScopesUpdateRequest: limit,
    });
    expect((await management.getRequestableScopes(own)).requestableScopes).toEqual(["openid"]);
    await management.deleteRequestableScopes(own);
    await sdk.client.delete(own);
    await expect(sdk.client.get(own)).rejects.toThrow(AuthleteDefaultError);
  });

  it("reads and replaces the service, and reads what it publishes", async () => {
    const service = await sdk.service.get({ serviceId });
    const updated = await sdk.service.update({
      serviceId,
      service: { ...service, serviceName: "Renamed" } as never,
    });
    expect(updated.serviceName).toBe("Renamed");
    expect((await sdk.service.list()).services?.map(({ serviceName }) => serviceName)).toEqual(["Renamed"]);
    await sdk.service.getConfiguration({ serviceId });
    const { keys } = await sdk.jwkSetEndpoint.serviceJwksGetApi({ serviceId });
    expect(keys?.length).toBeGreaterThan(0);
  });

  it("is refused, and understands why, where the engine has no such feature", async () => {
    const offer = sdk.verifiableCredentials.getOfferInfo({
      serviceId,
      vciOfferInfoRequest: { identifier: "offer" },
    });
    await expect(offer).rejects.toThrow(ResultError);
    await expect(offer).rejects.toMatchObject({ statusCode: 403, resultCode: "A001223" });
    await expect(sdk.service.delete({ serviceId })).rejects.toMatchObject({ statusCode: 403 });
  });

  it("has called every operation of the engine but the health check, which it does not have", () => {
    const offered = Object.keys(operations).filter(
      (name) => !(unavailableOperations as string[]).includes(name),
    );
    const missing = offered.filter((name) => !called.has(name));
    expect(missing).toEqual(["lifecycle/healthcheck"]);
  });
});
