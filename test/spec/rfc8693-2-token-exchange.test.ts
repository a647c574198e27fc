import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { dpopProof } from "../support/dpop-proof.ts";
import { secretOf } from "../support/gate.ts";
import { makeKeys } from "../support/jwt.ts";
import {
  accessTokenOf,
  basicOf,
  type Provider,
  startProvider,
  tokensOf,
  webApp,
} from "../support/provider.ts";

const EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
const TYPE = "urn:ietf:params:oauth:token-type:";
const gateway = { clientId: 7010, clientSecret: secretOf("gateway") };

let provider: Provider;
let subjectToken: string;
beforeAll(async () => {
  provider = await startProvider();
});
beforeEach(async () => {
  await setGateway({});
  subjectToken = await accessTokenOf(provider, { scope: "openid profile email" });
});
afterAll(() => provider.close());

const setGateway = (extension: Record<string, unknown>, changes = {}) =>
  provider.setClient({
    ...gateway,
    grantTypes: ["TOKEN_EXCHANGE"],
    extension: { tokenExchangePermitted: true, ...extension },
    ...changes,
  });

const exchange = (changes: Record<string, string> = {}, headers: Record<string, string> = {}) =>
  provider.ask("/oauth/token", {
    headers: { ...basicOf(gateway), ...headers },
    form: {
      grant_type: EXCHANGE,
      subject_token: subjectToken,
      subject_token_type: `${TYPE}access_token`,
      ...changes,
    },
  });

describe("RFC 8693 §2.2.1: an access token is exchanged", () => {
  it("for one of the same person, with its type, and no refresh token", async () => {
    const { status, json, headers } = await exchange();
    expect(status).toBe(200);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(json).toEqual({
      access_token: expect.stringMatching(/^[\w-]{43}$/),
      issued_token_type: `${TYPE}access_token`,
      token_type: "Bearer",
      expires_in: expect.any(Number),
      scope: "openid profile email",
    });
    const { json: known } = await provider.ask("/oauth/introspect", {
      headers: basicOf(webApp),
      form: { token: String(json.access_token) },
    });
    expect(known).toMatchObject({ active: true, sub: provider.subject, client_id: "7010" });
  });

  it("for fewer scopes, and never for more", async () => {
    expect((await exchange({ scope: "email" })).json.scope).toBe("email");
    for (const scope of ["email phone", "token:issue", "unknown"]) {
      const { status, json } = await exchange({ scope });
      expect([status, json.error]).toEqual([400, "invalid_scope"]);
      expect(json).not.toHaveProperty("access_token");
    }
  });

  it("within the scopes that its client may have", async () => {
    await setGateway({ requestableScopesEnabled: true, requestableScopes: ["email"] });
    expect((await exchange()).json.scope).toBe("email");
    expect((await exchange({ scope: "profile" })).json.error).toBe("invalid_scope");
  });

  it("for no longer than it lives itself", async () => {
    provider.wait(3500);
    const { json } = await exchange();
    expect(json.expires_in).toBeLessThanOrEqual(100);
    provider.wait(-3500);
  });

  it("bound to the key that the client proves (RFC 9449 §5)", async () => {
    const keys = await makeKeys();
    const claims = { htu: `${provider.origin}/oauth/token` };
    const { json } = await exchange({}, { dpop: await dpopProof(keys, { claims, now: Date.now() }) });
    expect(json.token_type).toBe("DPoP");
    const known = await provider.ask("/oauth/introspect", {
      headers: basicOf(webApp),
      form: { token: String(json.access_token) },
    });
    expect(known.json).toMatchObject({ active: true, cnf: { jkt: keys.jkt } });
  });
});

describe("RFC 8693 §2.1: an access token of somebody who has no account", () => {
  it("is exchanged for nothing", async () => {
    const tokenOf = async (subject: string) => {
      const { clientId } = webApp;
      const scopes = ["openid"];
      const made = { grantType: "AUTHORIZATION_CODE", clientId, subject, scopes } as const;
      const answer = await provider.authlete["auth/token/create"](made);
      if (answer.action !== "OK") throw new Error(`no token: ${answer.action}`);
      return answer.accessToken;
    };
    const { status, json } = await exchange({ subject_token: await tokenOf("usr_nobody") });
    expect([status, json.error]).toEqual([400, "invalid_request"]);
    expect(json).not.toHaveProperty("access_token");
    expect((await exchange({ subject_token: await tokenOf(provider.subject) })).status).toBe(200);
  });
});

describe("RFC 8693 §2.1: an ID token is exchanged", () => {
  it("by nobody while the issuer is not https, which ID tokens of others have to be", async () => {
    const { json } = await tokensOf(provider);
    const { status } = await exchange({
      subject_token: String(json.id_token),
      subject_token_type: `${TYPE}id_token`,
    });
    expect(status).toBe(400);
  });

  it("by the client it is for, for what the person granted that client; by no other", async () => {
    const issuer = "https://gate.example";
    await provider.setService({ issuer });
    const extension = { tokenExchangePermitted: true };
    await provider.setClient({ extension, grantTypes: [...webApp.grantTypes, "TOKEN_EXCHANGE"] });
    const { json } = await tokensOf(provider, { scope: "openid email" });
    const ask = (client: { clientId: number; clientSecret: string }, scope?: string) =>
      exchange(
        {
          subject_token: String(json.id_token),
          subject_token_type: `${TYPE}id_token`,
          ...(scope === undefined ? {} : { scope }),
        },
        basicOf(client),
      );
    const own = await ask(webApp, "email");
    expect(own.status).toBe(200);
    expect(own.json.scope).toBe("email");
    expect((await ask(webApp, "offline_access")).json.error).toBe("invalid_scope");
    expect((await ask(gateway)).json.error).toBe("invalid_request");
    await provider.setClient({});
    await provider.setService({ issuer: provider.origin });
  });
});

describe("an exchange is refused", () => {
  it.each([
    ["of an unknown token", { subject_token: "unknown" }, "invalid_request"],
    [
      "of a JWT, whose signature nobody has verified",
      { subject_token: "e30.e30.x", subject_token_type: `${TYPE}jwt` },
      "invalid_request",
    ],
    ["of a SAML assertion", { subject_token: "PHg+", subject_token_type: `${TYPE}saml2` }, "invalid_request"],
    ["for a refresh token", { requested_token_type: `${TYPE}refresh_token` }, "invalid_request"],
    ["for an audience that is not known", { audience: "https://api.example" }, "invalid_target"],
    ["with a resource that is no address", { resource: "relative" }, "invalid_target"],
  ])("%s", async (_, changes, error) => {
    const { status, json } = await exchange(changes);
    expect([status, json.error]).toEqual([400, error]);
    expect(json).not.toHaveProperty("access_token");
  });

  it("with an actor token: acting for somebody could not be shown", async () => {
    const { status, json } = await exchange({
      actor_token: await accessTokenOf(provider),
      actor_token_type: `${TYPE}access_token`,
    });
    expect([status, json.error]).toEqual([400, "invalid_request"]);
  });

  it("of a client that was not given the right, or does not authenticate", async () => {
    await setGateway({ tokenExchangePermitted: false });
    expect((await exchange()).json.error).toBe("unauthorized_client");
    await setGateway({}, { grantTypes: ["CLIENT_CREDENTIALS"] });
    expect((await exchange()).json.error).toBe("unauthorized_client");
    await setGateway({});
    const wrong = await exchange({}, basicOf({ ...gateway, clientSecret: "wrong" }));
    expect([wrong.status, wrong.json.error]).toEqual([401, "invalid_client"]);
  });

  it("of a token that stands for no person", async () => {
    const { json } = await provider.ask("/oauth/token", {
      headers: basicOf(webApp),
      form: { grant_type: "client_credentials", scope: "email" },
    });
    expect((await exchange({ subject_token: String(json.access_token) })).status).toBe(400);
  });
});
