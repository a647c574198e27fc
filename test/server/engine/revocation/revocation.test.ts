import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  basic,
  clients,
  form,
  issued,
  issuedTokens,
  openTestEngine,
  refresh,
  summary,
  type TestEngine,
} from "../../../support/engine.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await openTestEngine();
});
afterEach(() => test.close());

const { firstParty, backend, app } = clients;

function revoke(
  parameters: Record<string, string | string[]>,
  request: Record<string, unknown> = basic(firstParty),
) {
  return test.engine["auth/revocation"]({ parameters: form(parameters), ...request });
}

const isAlive = async (token: unknown) =>
  (await test.engine["auth/introspection"]({ token: String(token) })).action === "OK";

describe("revocation", () => {
  it.each([
    ["the access token", "accessToken", {}],
    ["the refresh token", "refreshToken", {}],
    ["the refresh token with its hint", "refreshToken", { token_type_hint: "refresh_token" }],
    ["the refresh token with a wrong hint", "refreshToken", { token_type_hint: "access_token" }],
    ["the access token with a wrong hint", "accessToken", { token_type_hint: "refresh_token" }],
    ["the access token with an unknown hint", "accessToken", { token_type_hint: "magic" }],
  ] as const)("by %s ends both", async (_, member, hint) => {
    const tokens = await issuedTokens(test.engine);
    const other = await issuedTokens(test.engine);
    const answer = await revoke({ token: String(tokens[member]), ...hint });
    expect(answer).toEqual({
      action: "OK",
      resultCode: "A113001",
      resultMessage: expect.stringMatching(/^\[A113001\] /),
    });
    expect(await isAlive(tokens.accessToken)).toBe(false);
    expect(summary(await refresh(test.engine, tokens.refreshToken)).code).toBe("A053305");
    expect(await isAlive(other.accessToken)).toBe(true);
    issued(await refresh(test.engine, other.refreshToken));
  });

  it("takes the JWT form, and calls a forged one revoked without touching anything", async () => {
    await test.setService({ accessTokenSignAlg: "ES256" });
    const { jwtAccessToken } = await issuedTokens(test.engine);
    const jwt = String(jwtAccessToken);
    expect(await revoke({ token: `${jwt.slice(0, -8)}AAAAAAAA` })).toMatchObject({ action: "OK" });
    expect(await isAlive(jwt)).toBe(true);
    expect(await revoke({ token: jwt })).toMatchObject({ action: "OK" });
    expect(await isAlive(jwt)).toBe(false);
  });

  it("is content with a token that is unknown or revoked already", async () => {
    const { accessToken: token } = await issuedTokens(test.engine);
    expect(await revoke({ token: "unknown" })).toMatchObject({ action: "OK", resultCode: "A113001" });
    expect(await isAlive(token)).toBe(true);
    await revoke({ token });
    expect(await revoke({ token })).toMatchObject({ action: "OK", resultCode: "A113001" });
  });

  it("is for a client's own tokens", async () => {
    const { accessToken: token } = await issuedTokens(test.engine);
    expect(summary(await revoke({ token }, basic(backend)))).toEqual({
      action: "BAD_REQUEST",
      code: "A116301",
      error: "invalid_request",
    });
    expect(await isAlive(token)).toBe(true);
  });

  it("lets a public client name itself", async () => {
    const answer = await test.engine["auth/token"]({
      parameters: form({ grant_type: "password", username: "a", password: "b", client_id: app.id }),
    });
    if (answer.action !== "PASSWORD") throw new Error("no ticket");
    const ticket = String(answer.ticket);
    const { accessToken: token } = issued(
      await test.engine["auth/token/issue"]({ ticket, subject: "alice" }),
    );
    expect(await revoke({ token, client_id: app.id }, {})).toMatchObject({ action: "OK" });
    expect(await isAlive(token)).toBe(false);
  });
});

describe("a revocation that is refused", () => {
  const invalidClient = (code: string) => ({ action: "INVALID_CLIENT", code, error: "invalid_client" });

  it.each([
    ["no credentials", {}, {}, invalidClient("A116302")],
    ["only the identifier of a Basic client", { client_id: firstParty.id }, {}, invalidClient("A157357")],
    ["wrong secret", {}, { clientId: firstParty.id, clientSecret: "x" }, invalidClient("A157305")],
    ["unknown client", {}, { clientId: "9999", clientSecret: "x" }, invalidClient("A048304")],
  ])("%s", async (_, parameters, request, expected) => {
    const { accessToken: token } = await issuedTokens(test.engine);
    expect(summary(await revoke({ token, ...parameters }, request))).toEqual(expected);
    expect(await isAlive(token)).toBe(true);
    expect(await revoke({ token })).toMatchObject({ action: "OK" });
  });

  it.each([
    ["no token", {}, "A115301"],
    ["an empty token", { token: "" }, "A115302"],
    ["two tokens", { token: ["a", "b"] }, "A115303"],
  ])("%s", async (_, parameters: Record<string, string | string[]>, code) => {
    expect(summary(await revoke(parameters))).toEqual({
      action: "BAD_REQUEST",
      code,
      error: "invalid_request",
    });
  });

  it.each([
    ["no parameters", undefined, "A115201"],
    ["null", null, "A115201"],
    ["no text", 5, "A115202"],
  ])("%s is a fault of the caller", async (_, parameters, code) => {
    const answer = await test.engine["auth/revocation"]({
      parameters: parameters as never,
      ...basic(firstParty),
    });
    expect(summary(answer)).toEqual({ action: "INTERNAL_SERVER_ERROR", code, error: "server_error" });
  });
});
