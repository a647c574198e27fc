import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  ask,
  openAuthorizationEngine,
  type Parameters,
  PHONE_URI,
  phone,
  query,
  site,
  type TestEngine,
  waiting,
} from "./authorization-flow.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await openAuthorizationEngine();
});
afterEach(() => test.close());

const opened = async (change: Parameters = {}) => waiting(await ask(test, change));
const claims = (value: unknown) => ({ claims: JSON.stringify(value) });

describe("what the caller learns of a good request (authlete-api 2.1)", () => {
  it("of the smallest one", async () => {
    const { ticket, client, service, ...answer } = await opened({ nonce: undefined, state: undefined });
    expect(ticket).toMatch(/^[\w-]{43}$/);
    expect(client).toEqual({
      clientId: Number(site.id),
      clientName: "Site",
      clientType: "CONFIDENTIAL",
    });
    expect(service).toMatchObject({ issuer: "https://as.example", supportedGrantTypes: expect.any(Array) });
    expect(answer).toEqual({
      resultCode: "A004001",
      resultMessage: expect.stringMatching(/^\[A004001\] /),
      action: "INTERACTION",
      clientIdAliasUsed: false,
      display: "PAGE",
      lowestPrompt: "CONSENT",
      maxAge: 0,
      acrEssential: false,
      nativeSsoRequested: false,
      scopes: [
        { name: "openid", defaultEntry: false, description: expect.any(String) },
        { name: "email", defaultEntry: false, description: expect.any(String) },
      ],
      claims: ["email", "email_verified"],
      claimsAtUserInfo: ["email", "email_verified"],
    });
  });

  it("of a large one", async () => {
    await test.setService({
      supportedAcrs: ["pwd", "mfa"],
      supportedAuthorizationDetailsTypes: ["payment"],
      nativeSsoSupported: true,
      supportedScopes: [{ name: "openid" }, { name: "device_sso" }, { name: "profile" }],
      supportedClaims: ["name", "nickname", "email", "picture", "birthdate"],
    });
    const answer = await opened({
      scope: "openid device_sso profile",
      display: "touch",
      prompt: "login consent",
      max_age: "300",
      ui_locales: "ja en",
      claims_locales: "fr",
      login_hint: "alice@example.com",
      purpose: "to say hello",
      acr_values: "pwd",
      resource: ["https://a.example", "https://b.example"],
      authorization_details: '[{"type":"payment","datatypes":["x"],"amount":{"of":5}}]',
      ...claims({
        id_token: {
          acr: { essential: true, values: ["mfa", "pwd"] },
          sub: { value: "alice" },
          "birthdate#ja": null,
          height: null,
          ":adult": null,
        },
        userinfo: { email: { essential: true }, verified_claims: { claims: { name: null } } },
      }),
    });
    expect(answer).toMatchObject({
      display: "TOUCH",
      prompts: ["LOGIN", "CONSENT"],
      lowestPrompt: "LOGIN",
      maxAge: 300,
      uiLocales: ["ja", "en"],
      claimsLocales: ["fr"],
      loginHint: "alice@example.com",
      purpose: "to say hello",
      acrs: ["mfa", "pwd"],
      acrEssential: true,
      subject: "alice",
      resources: ["https://a.example", "https://b.example"],
      authorizationDetails: {
        elements: [{ type: "payment", dataTypes: ["x"], otherFields: '{"amount":{"of":5}}' }],
      },
      nativeSsoRequested: true,
      claims: ["name", "nickname", "picture", "birthdate", "birthdate#ja"],
      claimsAtUserInfo: ["name", "nickname", "picture", "birthdate", "email"],
    });
    expect(JSON.parse(answer.userInfoClaims ?? "")).toMatchObject({ email: { essential: true } });
    expect(Object.keys(JSON.parse(answer.idTokenClaims ?? ""))).toContain("sub");
  });

  it("no secret of the client or the service", async () => {
    await test.setService({ apiSecret: "s", federationJwks: "{}", credentialJwks: "{}", snsCredentials: [] });
    const { client, service } = await opened();
    for (const name of ["clientSecret", "redirectUris", "jwks", "tokenAuthMethod"])
      expect(client).not.toHaveProperty(name);
    for (const name of ["apiSecret", "jwks", "federationJwks", "credentialJwks", "snsCredentials"]) {
      expect(service).not.toHaveProperty(name);
    }
    expect(JSON.stringify([client, service])).not.toContain(site.secret);
  });

  it("prompt=none asks for a decision without interaction", async () => {
    const answer = await opened({ prompt: "none", scope: "openid" });
    expect(answer).toMatchObject({ action: "NO_INTERACTION", prompts: ["NONE"], lowestPrompt: "NONE" });
  });

  it("each ticket is another, and only its hash is stored", async () => {
    const [first, second] = [await opened(), await opened()];
    expect(first.ticket).not.toBe(second.ticket);
    expect(await test.store.engine.read.findArtifact("authorization_ticket", first.ticket)).toBeUndefined();
  });
});

describe("max_age", () => {
  it.each([
    [{ max_age: "0" }, {}, 0],
    [{ max_age: "0" }, { defaultMaxAge: 60 }, 0],
    [{ max_age: "5" }, { defaultMaxAge: 60 }, 5],
    [{}, { defaultMaxAge: 60 }, 60],
    [{}, { defaultMaxAge: 0 }, 0],
  ])("%o of a client with %o: %i", async (change, client, maxAge) => {
    await test.setClient(site.id, client);
    expect(await opened(change)).toMatchObject({ maxAge });
  });
});

describe("authentication context classes", () => {
  it("come from the claims, else from acr_values, else from the client; only the claims make them a must", async () => {
    await test.setService({ supportedAcrs: ["a", "b", "c"] });
    await test.setClient(site.id, { defaultAcrs: ["c"] });
    const byClaim = claims({ id_token: { acr: { value: "a", essential: true } } });
    expect(await opened({ ...byClaim, acr_values: "b" })).toMatchObject({ acrs: ["a"], acrEssential: true });
    expect(await opened({ acr_values: "b a" })).toMatchObject({ acrs: ["b", "a"], acrEssential: false });
    expect(await opened()).toMatchObject({ acrs: ["c"], acrEssential: false });
  });
});

describe("scopes", () => {
  const names = (answer: { scopes?: { name?: string }[] | undefined }) =>
    answer.scopes?.map(({ name }) => name);

  it("that are unknown, or not the client's to ask for, are left out", async () => {
    expect(names(await opened({ scope: "unknown openid  email openid" }))).toEqual(["openid", "email"]);
    await test.setClient(site.id, {
      extension: { requestableScopesEnabled: true, requestableScopes: ["openid"] },
    });
    expect(names(await opened())).toEqual(["openid"]);
  });

  it("that nobody asked for are the default ones", async () => {
    const scope = undefined;
    expect(await opened({ scope })).not.toHaveProperty("scopes");
    await test.setService({ supportedScopes: [{ name: "a", defaultEntry: true }, { name: "b" }] });
    expect(names(await opened({ scope }))).toEqual(["a"]);
    expect(names(await opened({ scope: "b" }))).toEqual(["b"]);
  });

  it.each([
    ["consent", "code", true],
    ["login", "code", false],
    [undefined, "code", false],
    ["consent", "id_token token", false],
  ])(
    "offline_access with prompt %s and %s counts: %s (OIDC Core 11)",
    async (prompt, responseType, counts) => {
      const scope = "openid offline_access";
      const answer = await opened({ scope, prompt, response_type: responseType });
      expect(names(answer)?.includes("offline_access")).toBe(counts);
    },
  );

  it("with the attribute regex are named by what was asked for", async () => {
    const regex = (value: string) => [{ key: "regex", value }];
    await test.setService({
      supportedScopes: [
        { name: "pay", attributes: regex("pay:\\d+") },
        { name: "broken", attributes: regex("(") },
        { name: "any", attributes: regex("any:.*") },
        { name: "read" },
      ],
    });
    const answer = await opened({ scope: 'pay:12 pay:x xpay:1 pay read broken any:ü any:"' });
    expect(names(answer)).toEqual(["read"]);
    expect(answer.dynamicScopes).toEqual([{ name: "pay", value: "pay:12" }]);
    await test.setClient(site.id, {
      extension: { requestableScopesEnabled: true, requestableScopes: ["read"] },
    });
    expect(await opened({ scope: "pay:12 read" })).not.toHaveProperty("dynamicScopes");
  });
});

describe("claims", () => {
  it("without openid there are none (OIDC Core 3.1.2.1)", async () => {
    const answer = await opened({ scope: "email", ...claims({ id_token: { sub: { value: "bob" } } }) });
    for (const name of ["claims", "claimsAtUserInfo", "idTokenClaims", "subject"])
      expect(answer).not.toHaveProperty(name);
  });

  it("by scope stay out of the ID token where the service gives them to an access token only (OIDC Core 5.4)", async () => {
    await test.setService({ claimShortcutRestrictive: true });
    expect(await opened()).not.toHaveProperty("claims");
    expect(await opened({ response_type: "id_token" })).toMatchObject({
      claims: ["email", "email_verified"],
    });
    expect(await opened({ response_type: "id_token" })).not.toHaveProperty("claimsAtUserInfo");
  });
});

describe("the subject of a pairwise client", () => {
  it("is none that the caller could compare", async () => {
    await test.setClient(site.id, { subjectType: "PAIRWISE" });
    expect(await opened(claims({ id_token: { sub: { value: "x" } } }))).not.toHaveProperty("subject");
  });
});

describe("a public client", () => {
  it("is told as one", async () => {
    const answer = await test.engine["auth/authorization"]({
      parameters: query({ client_id: phone.id, redirect_uri: PHONE_URI }),
      context: "",
    });
    expect(waiting(answer).client).toEqual({ clientId: Number(phone.id), clientType: "PUBLIC" });
  });
});
