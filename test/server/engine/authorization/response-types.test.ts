import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hashOf } from "../../../../src/server/secret/hash.ts";
import {
  expectRedirectedError,
  ISSUER,
  issue,
  issueFor,
  jwtParts,
  leavingNothing,
  openAuthorizationEngine,
  REDIRECT_URI,
  redirect,
  site,
  type TestEngine,
  ticketFor,
} from "./authorization-flow.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await openAuthorizationEngine();
});
afterEach(() => test.close());

const half = (value: string) =>
  createHash("sha256").update(value).digest().subarray(0, 16).toString("base64url");

describe("what a response type gives (OAuth 2.0 Multiple Response Type Encoding Practices)", () => {
  it.each([
    ["code", "query", ["code"]],
    ["token", "fragment", ["access_token", "expires_in", "scope", "token_type"]],
    ["id_token", "fragment", ["id_token"]],
    ["code token", "fragment", ["access_token", "code", "expires_in", "scope", "token_type"]],
    ["code id_token", "fragment", ["code", "id_token"]],
    ["id_token token", "fragment", ["access_token", "expires_in", "id_token", "scope", "token_type"]],
    [
      "code id_token token",
      "fragment",
      ["access_token", "code", "expires_in", "id_token", "scope", "token_type"],
    ],
    ["none", "query", []],
  ])("%s, in the %s: %o", async (responseType, place, names) => {
    const answer = await issueFor(test, { response_type: responseType });
    const sent = redirect(answer);
    expect(sent).toMatchObject({ to: REDIRECT_URI, place, parameters: { state: "the state", iss: ISSUER } });
    expect(Object.keys(sent.parameters).sort()).toEqual([...names, "iss", "state"].sort());
    const members = answer as Record<string, unknown>;
    expect(members.authorizationCode).toBe(sent.parameters.code);
    expect(members.accessToken).toBe(sent.parameters.access_token);
    expect(members.idToken).toBe(sent.parameters.id_token);
  });

  it("none needs no subject, and stores nothing", async () => {
    const ticket = await ticketFor(test, { response_type: "none" });
    const before = test.artifacts();
    const answer = await test.engine["auth/authorization/issue"]({ ticket });
    expect(answer).toMatchObject({ action: "LOCATION", resultCode: "A040001" });
    expect(test.artifacts()).toBe(before + 1);
    expect(await test.engine["auth/authorization/issue"]({ ticket })).toMatchObject({
      resultCode: "A041202",
    });
  });
});

describe("the access token of the front channel (RFC 6749 4.2.2)", () => {
  it("is a bearer token that cannot be refreshed", async () => {
    const answer = await issueFor(test, { response_type: "token" });
    const { access_token: value = "", ...rest } = redirect(answer).parameters;
    expect(rest).toMatchObject({ token_type: "Bearer", expires_in: "3600", scope: "openid email" });
    expect(answer).toMatchObject({
      accessTokenDuration: 3600,
      accessTokenExpiresAt: test.clock() + 3_600_000,
    });
    const state = await test.engine["auth/introspection"]({ token: value });
    expect(state).toMatchObject({
      usable: true,
      refreshable: false,
      subject: "alice",
      grantType: "IMPLICIT",
    });
  });

  it("is a JWT where the service wants that", async () => {
    await test.setService({ accessTokenSignAlg: "ES256" });
    const answer = (await issueFor(
      test,
      { response_type: "token" },
      { jwtAtClaims: '{"team":"a"}' },
    )) as unknown as Record<string, string>;
    expect(redirect(answer).parameters.access_token).toBe(answer.jwtAccessToken);
    expect(jwtParts(answer.jwtAccessToken ?? "").payload).toMatchObject({
      jti: answer.accessToken,
      team: "a",
    });
  });

  it("has the value and the duration that the caller chose; a code does not", async () => {
    const chosen = { accessToken: "chosen-by-the-caller-0123456789abcdef", accessTokenDuration: 30 };
    const answer = await issueFor(test, { response_type: "code token" }, chosen);
    expect(redirect(answer).parameters).toMatchObject({ access_token: chosen.accessToken, expires_in: "30" });
    const code = await test.store.engine.read.findArtifact(
      "authorization_code",
      hashOf(redirect(answer).parameters.code ?? ""),
    );
    expect(code?.document.grant).not.toHaveProperty("accessTokenDuration");
  });

  it("whose value exists already is not issued, and the ticket stays", async () => {
    const call = { accessToken: "chosen-by-the-caller-0123456789abcdef" };
    await issueFor(test, { response_type: "token" }, call);
    const ticket = await ticketFor(test, { response_type: "code token" });
    const answer = await leavingNothing(test, () => issue(test, ticket, call));
    expect(answer).toMatchObject({ action: "INTERNAL_SERVER_ERROR", resultCode: "A045101" });
    expect((await issue(test, ticket)).action).toBe("LOCATION");
  });

  it("shows the properties that are not hidden, unless they would pass for something else", async () => {
    const properties = [
      { key: "plan", value: "a&b=c" },
      { key: "secret", value: "x", hidden: true },
      { key: "state", value: "forged" },
      { key: "code", value: "forged" },
      { key: "iss", value: "forged" },
      { key: "access_token", value: "forged" },
    ];
    const { parameters } = redirect(await issueFor(test, { response_type: "token" }, { properties }));
    expect(parameters).toMatchObject({ plan: "a&b=c", state: "the state", iss: ISSUER });
    expect(JSON.stringify(parameters)).not.toContain("forged");
    expect(parameters).not.toHaveProperty("secret");
    expect(redirect(await issueFor(test, {}, { properties })).parameters).not.toHaveProperty("plan");
  });

  it("ends the earlier ones where only one may live", async () => {
    await test.setClient(site.id, { singleAccessTokenPerSubject: true });
    const first = redirect(await issueFor(test, { response_type: "token" })).parameters.access_token ?? "";
    await issueFor(test, { response_type: "token" });
    expect(await test.engine["auth/introspection"]({ token: first })).toMatchObject({ existent: false });
  });
});

describe("the ID token of the front channel (OIDC Core 3.2.2.10, 3.3.2.11)", () => {
  it.each([
    ["id_token", []],
    ["id_token token", ["at_hash"]],
    ["code id_token", ["c_hash"]],
    ["code id_token token", ["at_hash", "c_hash"]],
  ])("of %s vouches for what goes with it: %o", async (responseType, hashes) => {
    const answer = await issueFor(
      test,
      { response_type: responseType },
      { authTime: 1_800_000_000, acr: "pwd" },
    );
    const { id_token: idToken = "", access_token: token, code } = redirect(answer).parameters;
    const { header, payload } = jwtParts(idToken);
    expect(header).toMatchObject({ alg: "RS256" });
    expect(payload).toMatchObject({
      iss: ISSUER,
      sub: "alice",
      aud: [site.id],
      nonce: "the nonce",
      auth_time: 1_800_000_000,
      acr: "pwd",
      s_hash: half("the state"),
    });
    expect(
      Object.keys(payload)
        .filter((name) => /^(at|c)_hash$/.test(name))
        .sort(),
    ).toEqual(hashes);
    if (token) expect(payload.at_hash).toBe(half(token));
    if (code) expect(payload.c_hash).toBe(half(code));
  });

  it("is not made when openid was taken away: the client learns it", async () => {
    const ticket = await ticketFor(test, { response_type: "id_token" });
    const answer = await issue(test, ticket, { scopes: ["email"] });
    expectRedirectedError(answer, { code: "A060314", error: "invalid_scope", place: "fragment" });
  });

  it("that the client's own settings make impossible is an error of the client", async () => {
    await test.setClient(site.id, { idTokenSignAlg: "NONE" });
    const ticket = await ticketFor(test, { response_type: "id_token" });
    const before = test.issued();
    const answer = await issue(test, ticket);
    expectRedirectedError(answer, { code: "A046301", error: "invalid_request", place: "fragment" });
    expect(test.issued()).toBe(before);
  });
});
