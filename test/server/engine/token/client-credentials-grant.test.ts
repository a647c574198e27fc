import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  basic,
  clients,
  contentOf,
  form,
  issued,
  openTestEngine,
  summary,
  type TestEngine,
} from "../../../support/engine.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await openTestEngine();
});
afterEach(() => test.close());

const { backend, app } = clients;

function ask({
  parameters = {},
  ...request
}: Record<string, unknown> & { parameters?: Record<string, string | string[]> } = {}) {
  return test.engine["auth/token"]({
    parameters: form({ grant_type: "client_credentials", scope: "token:issue", ...parameters }),
    ...basic(backend),
    ...request,
  });
}

async function refused(call: Parameters<typeof ask>[0]) {
  const before = test.issued();
  const answer = summary(await ask(call));
  expect(test.issued()).toBe(before);
  return answer;
}

const introspect = (token: unknown) => test.engine["auth/introspection"]({ token: String(token) });

describe("the client credentials grant", () => {
  it("issues an access token without subject and without refresh token", async () => {
    const answer = await ask();
    expect(answer).toMatchObject({
      resultCode: "A052001",
      action: "OK",
      accessToken: expect.stringMatching(/^[\w-]{43}$/),
      accessTokenDuration: 3600,
      accessTokenExpiresAt: test.clock() + 3_600_000,
      grantType: "CLIENT_CREDENTIALS",
      clientId: 2001,
      scopes: ["token:issue"],
      clientAttributes: expect.arrayContaining([{ key: "token_issue.properties", value: "*" }]),
    });
    for (const member of ["subject", "refreshToken", "refreshTokenExpiresAt", "jwtAccessToken", "idToken"]) {
      expect(answer).not.toHaveProperty(member);
    }
    expect(JSON.parse(contentOf(answer))).toEqual({
      access_token: issued(answer).accessToken,
      token_type: "Bearer",
      expires_in: 3600,
      scope: "token:issue",
    });
    const state = await introspect(issued(answer).accessToken);
    expect(state).toMatchObject({
      action: "OK",
      grantType: "CLIENT_CREDENTIALS",
      refreshable: false,
      clientId: 2001,
    });
    expect(state).not.toHaveProperty("subject");
  });

  it("says nothing of scopes where there are none, and uses the token type of the service", async () => {
    await test.setService({ accessTokenType: "Custom" });
    const answer = await ask({ parameters: { scope: "unknown" } });
    expect(Object.keys(JSON.parse(contentOf(answer)))).toEqual(["access_token", "token_type", "expires_in"]);
    expect(contentOf(answer)).toContain('"token_type":"Custom"');
  });

  it.each([
    ["two scope parameters", { scope: ["openid", "email"] }, "A052302", "invalid_request"],
    ["a relative resource", { resource: "api" }, "A251307", "invalid_target"],
  ])("refuses %s", async (_, parameters, code, error) => {
    expect(await refused({ parameters })).toEqual({ action: "BAD_REQUEST", code, error });
  });

  it("is not for public clients", async () => {
    const call = { parameters: { client_id: app.id }, clientId: undefined, clientSecret: undefined };
    expect(await refused(call)).toEqual({
      action: "BAD_REQUEST",
      code: "A052301",
      error: "unauthorized_client",
    });
  });

  it("needs a scope where the service requires one", async () => {
    await test.setService({ scopeRequired: true });
    expect(await refused({ parameters: { scope: "unknown" } })).toEqual({
      action: "BAD_REQUEST",
      code: "A052303",
      error: "invalid_scope",
    });
    expect(await ask()).toMatchObject({ action: "OK" });
  });

  it.each([
    ["properties that are too big", { properties: [{ key: "k", value: "x".repeat(50_000) }] }, "A052201"],
    ["claims that are no object", { jwtAtClaims: "[1]" }, "A052202"],
    ["claims that are no JSON", { jwtAtClaims: "{" }, "A052202"],
  ])("refuses %s as a fault of the caller", async (_, request, code) => {
    expect(await refused(request)).toEqual({ action: "INTERNAL_SERVER_ERROR", code, error: "server_error" });
    expect(await ask()).toMatchObject({ action: "OK" });
  });

  it("takes a chosen value once", async () => {
    const accessToken = "a-value-that-the-caller-has-chosen-itself";
    expect(await ask({ accessToken })).toMatchObject({ action: "OK", accessToken });
    expect(await introspect(accessToken)).toMatchObject({ action: "OK" });
    expect(await refused({ accessToken })).toEqual({
      action: "INTERNAL_SERVER_ERROR",
      code: "A052101",
      error: "server_error",
    });
    expect(await ask({ accessToken: "" })).toMatchObject({
      accessToken: expect.stringMatching(/^[\w-]{43}$/),
    });
  });

  it("leaves other tokens alone where a subject may have a single one", async () => {
    await test.setService({ singleAccessTokenPerSubject: true });
    const first = await ask();
    await ask();
    expect(await introspect(issued(first).accessToken)).toMatchObject({ action: "OK" });
  });

  it("is for the authorization details that are asked for, of types that client and service have", async () => {
    const asking = (type: string) =>
      ask({ parameters: { authorization_details: JSON.stringify([{ type, sum: 7 }]) } });
    const beyond = { action: "BAD_REQUEST", error: "invalid_authorization_details" };
    expect(summary(await asking("payment"))).toEqual({ ...beyond, code: "A249302" });
    await test.setService({ supportedAuthorizationDetailsTypes: ["payment", "account"] });
    await test.setClient(backend.id, { authorizationDetailsTypes: ["payment"] });
    expect(summary(await asking("account"))).toEqual({ ...beyond, code: "A249303" });
    expect(test.issued()).toBe(0);
    const answer = issued(await asking("payment"));
    expect(answer.authorizationDetails).toEqual({
      elements: [{ type: "payment", otherFields: '{"sum":7}' }],
    });
    expect(JSON.parse(answer.responseContent).authorization_details).toEqual([{ type: "payment", sum: 7 }]);
  });
});
