import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { form, issued, type TestEngine } from "../../../support/engine.ts";
import { freshCode, native, openGrantEngine, redeem, web } from "../../../support/grants.ts";
import { storedToken } from "../../../support/stored-token.ts";
import { type Call, exchange, expectRefused, grant_type, requestError, type } from "./exchange.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await openGrantEngine({ service: { allowableClockSkew: 0 } });
});
afterEach(() => test.close());

const unauthorized = (code: string) => ({ action: "BAD_REQUEST", code, error: "unauthorized_client" });

describe("a token exchange", () => {
  it("goes to the caller, who decides; nothing is issued or kept", async () => {
    const details = { authorizationDetails: { elements: [{ type: "payment" }] } };
    const properties = [{ key: "a", value: "1", hidden: true }];
    const subject = await storedToken(test, {
      details,
      properties,
      accessTokenResources: ["https://a.example"],
    });
    const actor = await storedToken(test, { subject: undefined, scopes: [] });
    const before = [test.issued(), test.artifacts()];
    const answer = await exchange(test, [subject.accessToken, "access_token"], {
      parameters: {
        actor_token: actor.refreshToken,
        actor_token_type: type("refresh_token"),
        requested_token_type: type("jwt"),
        audience: ["https://b.example", "", "c"],
        resource: "https://api.example",
        scope: "profile unknown",
      },
    });
    const now = test.clock();
    expect(answer).toEqual({
      resultCode: "A311001",
      resultMessage: expect.stringMatching(/^\[A311001\] /),
      action: "TOKEN_EXCHANGE",
      grantType: "TOKEN_EXCHANGE",
      clientAuthMethod: "CLIENT_SECRET_BASIC",
      clientId: Number(web.id),
      clientIdAliasUsed: false,
      scopes: ["profile"],
      resources: ["https://api.example"],
      audiences: ["https://b.example", "c"],
      requestedTokenType: "JWT",
      subjectToken: subject.accessToken,
      subjectTokenType: "ACCESS_TOKEN",
      subjectTokenInfo: {
        clientId: 2000,
        clientIdAliasUsed: false,
        subject: "alice",
        scopes: [{ name: "openid" }, { name: "profile" }],
        expiresAt: now + 3_600_000,
        properties,
        resources: ["https://a.example"],
        authorizationDetails: details.authorizationDetails,
      },
      actorToken: actor.refreshToken,
      actorTokenType: "REFRESH_TOKEN",
      actorTokenInfo: {
        clientId: 2000,
        clientIdAliasUsed: false,
        scopes: [{ name: "openid" }, { name: "profile" }, { name: "email" }],
        expiresAt: now + 86_400_000,
      },
    });
    expect([test.issued(), test.artifacts()]).toEqual(before);
  });

  it("takes the JWT form of an access token", async () => {
    await test.setService({ accessTokenSignAlg: "ES256" });
    const { jwtAccessToken } = issued(await redeem(test, await freshCode(test)));
    const answer = await exchange(test, [String(jwtAccessToken), "access_token"]);
    expect(answer).toMatchObject({ action: "TOKEN_EXCHANGE", subjectTokenInfo: { subject: "alice" } });
  });

  it.each(["saml1", "saml2"])("leaves %s to the caller", async (name) => {
    const answer = await exchange(test, ["anything at all", name]);
    expect(answer).toMatchObject({ action: "TOKEN_EXCHANGE", subjectTokenType: name.toUpperCase() });
    expect(answer).not.toHaveProperty("subjectTokenInfo");
  });

  it.each<[string, Call, string]>([
    ["subject_token is missing", { parameters: { subject_token: [] } }, "A250302"],
    ["subject_token is empty", { parameters: { subject_token: "" } }, "A250302"],
    ["subject_token comes twice", { parameters: { subject_token: ["a", "b"] } }, "A250301"],
    ["subject_token_type is missing", { parameters: { subject_token_type: [] } }, "A250302"],
    ["subject_token_type is unknown", { parameters: { subject_token_type: "jwt" } }, "A901308"],
    ["requested_token_type is unknown", { parameters: { requested_token_type: "jwt" } }, "A901307"],
    [
      "requested_token_type comes twice",
      { parameters: { requested_token_type: [type("jwt"), type("jwt")] } },
      "A250301",
    ],
    ["actor_token has no type", { parameters: { actor_token: "a" } }, "A250302"],
    ["actor_token_type is unknown", { parameters: { actor_token: "a", actor_token_type: "b" } }, "A901308"],
    ["actor_token_type has no token", { parameters: { actor_token_type: type("jwt") } }, "A901304"],
    ["scope comes twice", { parameters: { scope: ["a", "b"] } }, "A250301"],
    [
      "the actor token is bad",
      { parameters: { actor_token: "a", actor_token_type: type("jwt") } },
      "A901311",
    ],
    [
      "the actor is a device secret, and there is no Native SSO",
      { parameters: { actor_token: "a", actor_token_type: "urn:openid:params:token-type:device-secret" } },
      "A901308",
    ],
    [
      "a device secret is the subject",
      { parameters: { subject_token_type: "urn:openid:params:token-type:device-secret" } },
      "A901308",
    ],
  ])("is refused when %s", async (_, call, code) => {
    await expectRefused(test, exchange(test, ["x", "saml2"], call), requestError(code));
  });

  it("takes a parameter without a value for none", async () => {
    const parameters = { requested_token_type: "", actor_token: "", actor_token_type: "", scope: "" };
    const answer = await exchange(test, ["x", "saml2"], { parameters });
    expect(answer.action).toBe("TOKEN_EXCHANGE");
    for (const name of ["requestedTokenType", "actorToken", "actorTokenType", "scopes"]) {
      expect(answer).not.toHaveProperty(name);
    }
  });
});

describe("who may exchange tokens", () => {
  const anonymously = () =>
    test.engine["auth/token"]({
      parameters: form({
        grant_type,
        subject_token: "x",
        subject_token_type: type("saml2"),
        scope: "profile",
      }),
    });

  it("anybody, unless the service says who", async () => {
    expect(await anonymously()).toMatchObject({ action: "TOKEN_EXCHANGE", subjectToken: "x" });
    await test.setService({ tokenExchangeByIdentifiableClientsOnly: true });
    await expectRefused(test, anonymously(), requestError("A901309"));
    expect((await exchange(test, ["x", "saml2"], { client: native })).action).toBe("TOKEN_EXCHANGE");
  });

  it("only confidential clients where the service says so", async () => {
    await test.setService({ tokenExchangeByConfidentialClientsOnly: true });
    await expectRefused(test, exchange(test, ["x", "saml2"], { client: native }), unauthorized("A311304"));
    await expectRefused(test, anonymously(), unauthorized("A311304"));
    expect((await exchange(test, ["x", "saml2"])).action).toBe("TOKEN_EXCHANGE");
  });

  it("only permitted clients where the service says so", async () => {
    await test.setService({ tokenExchangeByPermittedClientsOnly: true });
    await expectRefused(test, exchange(test, ["x", "saml2"]), unauthorized("A311305"));
    await expectRefused(test, anonymously(), unauthorized("A311305"));
    await test.setClient(web.id, { extension: { tokenExchangePermitted: true } });
    expect((await exchange(test, ["x", "saml2"])).action).toBe("TOKEN_EXCHANGE");
  });

  it("nobody with wrong credentials", async () => {
    const wrong = { id: web.id, secret: "wrong" };
    const expected = { action: "INVALID_CLIENT", code: "A157305", error: "invalid_client" };
    await expectRefused(test, exchange(test, ["x", "saml2"], { client: wrong }), expected);
  });
});
