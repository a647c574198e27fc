import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Request } from "../../../../src/server/authlete/operations.ts";
import { hashOf } from "../../../../src/server/secret/hash.ts";
import {
  expectError,
  ISSUER,
  issue,
  issueFor,
  leavingNothing,
  openAuthorizationEngine,
  type Parameters,
  query,
  REDIRECT_URI,
  redirect,
  site,
  type TestEngine,
  ticketFor,
  waiting,
} from "./authorization-flow.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await openAuthorizationEngine();
});
afterEach(() => test.close());

type Call = Partial<Request<"auth/authorization/issue">>;

/** The stored code of a request. */
async function codeOf(change: Parameters = {}, call: Call = {}) {
  const answer = await issueFor(test, change, call);
  const code = await findCode(redirect(answer).parameters.code ?? "");
  return code.document;
}

async function findCode(value: string) {
  const artifact = await test.store.engine.read.findArtifact("authorization_code", hashOf(value));
  if (!artifact) throw new Error("no code is stored");
  return artifact;
}

describe("issue: a code (RFC 6749 4.1.2)", () => {
  it("goes to the client with state and issuer, and nothing else", async () => {
    const answer = await issueFor(test);
    const { responseContent, ...rest } = answer as Record<string, unknown>;
    const { to, place, parameters } = redirect(answer);
    expect({ to, place }).toEqual({ to: REDIRECT_URI, place: "query" });
    expect(parameters).toEqual({ code: rest.authorizationCode, state: "the state", iss: ISSUER });
    expect(parameters.code).toMatch(/^[\w-]{43}$/);
    expect(String(responseContent).startsWith(`${REDIRECT_URI}&code=`)).toBe(true);
    expect(rest).toEqual({
      resultCode: "A040001",
      resultMessage: expect.stringMatching(/^\[A040001\] /),
      action: "LOCATION",
      authorizationCode: parameters.code,
    });
  });

  it("without state, and without issuer where the service suppresses it (RFC 9207)", async () => {
    await test.setService({ issSuppressed: true });
    expect(Object.keys(redirect(await issueFor(test, { state: undefined })).parameters)).toEqual(["code"]);
  });

  it("gives back what the caller keeps with the ticket", async () => {
    const answer = await test.engine["auth/authorization"]({ parameters: query(), context: "note" });
    expect(await issue(test, waiting(answer).ticket)).toMatchObject({ ticketInfo: { context: "note" } });
    expect(await issueFor(test)).not.toHaveProperty("ticketInfo");
  });

  it("remembers the request: what the token request will be compared with", async () => {
    const challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    const { request, grant } = await codeOf({
      code_challenge: challenge,
      code_challenge_method: "S256",
      dpop_jkt: challenge,
      resource: "https://api.example",
    });
    expect(request).toEqual({
      redirectUri: REDIRECT_URI,
      redirectUriGiven: true,
      codeChallenge: challenge,
      codeChallengeMethod: "S256",
      dpopJkt: challenge,
      nonce: "the nonce",
      state: "the state",
    });
    expect(grant).toMatchObject({
      clientId: Number(site.id),
      clientIdAliasUsed: false,
      subject: "alice",
      scopes: ["openid", "email"],
      resources: ["https://api.example"],
      claimNames: ["email", "email_verified"],
    });
    expect((await codeOf({ redirect_uri: undefined, scope: "email" })).request.redirectUriGiven).toBe(false);
  });

  it.each([
    [{}, 600],
    [{ authorizationCodeDuration: 30 }, 30],
    [{ authorizationCodeDuration: 0 }, 600],
  ])("lives for what %o says: %i seconds", async (service, seconds) => {
    await test.setService(service as object);
    const { authorizationCode } = (await issueFor(test)) as { authorizationCode: string };
    expect((await findCode(authorizationCode)).expiresAt).toBe(test.clock() + seconds * 1000);
  });
});

describe("issue: what the caller says", () => {
  it("stays with the code", async () => {
    const claims = JSON.stringify({ id_token: { nickname: null }, userinfo: { picture: null } });
    const { grant } = await codeOf(
      { max_age: "60", claims },
      {
        authTime: 1_900_000_000,
        acr: "pwd",
        claims: '{"email":"alice@example.com","name#ja":"アリス"}',
        properties: [{ key: "k", value: "v", hidden: true }],
        sub: "alice-here",
        idtHeaderParams: '{"x":1}',
        consentedClaims: ["email"],
        jwtAtClaims: '{"y":2}',
        idTokenAudType: "string",
        sessionId: "session-1",
      },
    );
    expect(grant).toMatchObject({
      authTime: 1_900_000_000,
      acr: "pwd",
      properties: [{ key: "k", value: "v", hidden: true }],
      consentedClaims: ["email"],
      jwtAtClaims: '{"y":2}',
      sessionId: "session-1",
      userInfoClaims: '{"picture":null}',
      claimNames: ["email", "email_verified", "picture"],
      idToken: {
        sub: "alice-here",
        nonce: "the nonce",
        claims: '{"email":"alice@example.com","name#ja":"アリス"}',
        headerParameters: '{"x":1}',
        audienceType: "string",
        authTimeRequired: true,
        requestedClaims: ["nickname"],
      },
    });
  });

  it.each<[Call["scopes"], string[]]>([
    [undefined, ["openid", "email"]],
    [[], []],
    [["email"], ["email"]],
    [
      ["email", "profile", "openid"],
      ["email", "profile", "openid"],
    ],
    [["email", "unknown"], ["email"]],
  ])("scopes %o replace those asked for: %o", async (scopes, expected) => {
    expect((await codeOf({}, scopes ? { scopes } : {})).grant.scopes).toEqual(expected);
  });

  it("openid is not among the scopes unless it was asked for", async () => {
    const { grant } = await codeOf({ scope: "email" }, { scopes: ["openid", "profile"] });
    expect(grant.scopes).toEqual(["profile"]);
  });

  it("authorization details replace those asked for; what is no detail is left out", async () => {
    await test.setService({ supportedAuthorizationDetailsTypes: ["payment"] });
    const asked = { authorization_details: '[{"type":"payment"}]' };
    const { grant } = await codeOf(asked);
    expect(grant.authorizationDetails).toEqual({ elements: [{ type: "payment" }] });
    const elements = [
      { type: "payment", actions: ["pay", 5], locations: "x", identifier: "7", otherFields: '{"a":1}' },
      { type: "" },
      null,
      "payment",
    ];
    const replaced = await codeOf(asked, { authorizationDetails: { elements } } as never);
    expect(replaced.grant.authorizationDetails).toEqual({
      elements: [{ type: "payment", actions: ["pay"], identifier: "7", otherFields: '{"a":1}' }],
    });
    expect(
      (await codeOf(asked, { authorizationDetails: { elements: [] } })).grant.authorizationDetails,
    ).toEqual({
      elements: [],
    });
  });

  it("members that are null, empty or zero are not given", async () => {
    const nothing = {
      authTime: 0,
      acr: "",
      claims: null,
      properties: null,
      scopes: null,
      sub: "",
      idtHeaderParams: "",
      consentedClaims: null,
      authorizationDetails: null,
      jwtAtClaims: null,
      accessToken: "",
      accessTokenDuration: 0,
      idTokenAudType: null,
      sessionId: "",
    };
    const { grant } = await codeOf({}, nothing as never);
    expect(grant).toMatchObject({
      scopes: ["openid", "email"],
      properties: [],
      idToken: { nonce: "the nonce" },
    });
    for (const name of ["authTime", "acr", "jwtAtClaims", "sessionId", "authorizationDetails"]) {
      expect(grant).not.toHaveProperty(name);
    }
  });
});

describe("issue: a call that is wrong leaves the ticket as it was", () => {
  it.each<[string, Call, string]>([
    ["no subject", { subject: "" }, "A042201"],
    ["a subject of 101 characters", { subject: "a".repeat(101) }, "A042202"],
    ["a subject that is not ASCII", { subject: "älice" }, "A042203"],
    ["a sub that is not ASCII", { sub: "älice" }, "A042204"],
    ["an acr that is too long", { acr: "a".repeat(201) }, "A043201"],
    ["an acr that is not ASCII", { acr: "ä" }, "A043202"],
    ["claims that are no object", { claims: "[]" }, "A044201"],
    ["properties that are too big", { properties: [{ key: "k", value: "v".repeat(50_000) }] }, "A045201"],
    ["jwtAtClaims that are no object", { jwtAtClaims: "5" }, "A045202"],
    ["header parameters that are no object", { idtHeaderParams: "null" }, "A255201"],
    ["header parameters that are too big", { idtHeaderParams: `{"a":"${"a".repeat(65_536)}"}` }, "A045203"],
  ])("%s", async (_what, call, code) => {
    const ticket = await ticketFor(test);
    const answer = await leavingNothing(test, () => issue(test, ticket, call));
    expectError(answer, { code, error: "server_error", action: "INTERNAL_SERVER_ERROR" });
    expect((await issue(test, ticket)).action).toBe("LOCATION");
  });
});
