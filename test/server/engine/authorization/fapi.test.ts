import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Client } from "../../../../src/server/authlete/client.ts";
import type { FapiMode } from "../../../../src/server/authlete/enumerations.ts";
import { hashOf } from "../../../../src/server/secret/hash.ts";
import { jwkSet, type Keys, makeKeys, signJwt } from "../../../support/jwt.ts";
import {
  ask,
  expectRedirectedError,
  ISSUER,
  issue,
  leavingNothing,
  openAuthorizationEngine,
  type Parameters,
  query,
  queryOf,
  REDIRECT_URI,
  redirect,
  site,
  type TestEngine,
  waiting,
} from "./authorization-flow.ts";

let test: TestEngine;
let keys: Keys;
beforeAll(async () => {
  keys = await makeKeys("ES256", "k1");
});
beforeEach(async () => {
  test = await openAuthorizationEngine();
  await test.setClient(site.id, {
    tokenAuthMethod: "PRIVATE_KEY_JWT",
    tokenAuthSignAlg: "ES256",
    authorizationSignAlg: "ES256",
    jwks: jwkSet(keys.jwk),
  });
});
afterEach(() => test.close());

const challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const pkce = { code_challenge: challenge, code_challenge_method: "S256" };
const error = "invalid_request";

const setModes = (...fapiModes: FapiMode[]) => test.setService({ fapiModes });

let pushes = 0;
/** Pushes parameters with a client assertion. */
async function push(parameters: Parameters) {
  pushes += 1;
  const now = Math.floor(test.clock() / 1000);
  const payload = { iss: site.id, sub: site.id, aud: ISSUER, exp: now + 60, jti: `jti-${pushes}` };
  const assertion = await signJwt(keys.privateKey, { header: { alg: "ES256", kid: "k1" }, payload });
  const body = queryOf({
    ...parameters,
    client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    client_assertion: assertion,
  });
  return test.engine.pushed_auth_req({ parameters: body });
}

const good = (change: Parameters = {}) => {
  const parameters = Object.fromEntries(new URLSearchParams(query(pkce)));
  return { ...parameters, ...change };
};

const open = (requestUri: string) =>
  test.engine["auth/authorization"]({ parameters: queryOf({ client_id: site.id, request_uri: requestUri }) });

async function opened(change: Parameters = {}) {
  const answer = await push(good(change));
  if (answer.action !== "CREATED") throw new Error(JSON.stringify(answer));
  return waiting(await open(answer.requestUri));
}

describe("FAPI 2.0 Security Profile 5.3.2.2", () => {
  beforeEach(() => setModes("FAPI2_SECURITY"));

  it("a request that was not pushed is refused (A294308)", async () => {
    expectRedirectedError(await leavingNothing(test, () => ask(test, pkce)), { code: "A294308", error });
    await setModes();
    await test.setClient(site.id, { fapiModes: ["FAPI2_SECURITY"] });
    expectRedirectedError(await ask(test, pkce), { code: "A294308", error });
    expect((await opened()).action).toBe("INTERACTION");
  });

  it.each<[string, Parameters, string]>([
    ["no code_challenge", { code_challenge: undefined, code_challenge_method: undefined }, "A294305"],
    ["the method plain", { code_challenge_method: "plain" }, "A294305"],
    ["a hybrid response type", { response_type: "code id_token" }, "A294302"],
    ["no redirect_uri", { redirect_uri: undefined, scope: "email" }, "A294303"],
  ])("%s is refused", async (_what, change, code) => {
    const answer = await leavingNothing(test, () => push(good(change)));
    expect(answer).toMatchObject({ action: "BAD_REQUEST", resultCode: code });
    expect((await push(good())).action).toBe("CREATED");
  });

  it("a redirect_uri without https is refused, unless a native client's on the loopback interface", async () => {
    const local = "http://localhost/cb";
    await test.setClient(site.id, { redirectUris: [local], responseTypes: ["CODE"] });
    const answer = await push(good({ redirect_uri: local }));
    expect(answer).toMatchObject({ action: "BAD_REQUEST", resultCode: "A294304" });
    await test.setClient(site.id, { applicationType: "NATIVE" });
    expect((await push(good({ redirect_uri: local }))).action).toBe("CREATED");
  });

  it("state and nonce may be missing", async () => {
    expect((await opened({ state: undefined, nonce: undefined })).action).toBe("INTERACTION");
  });

  it("codes live for a minute at most, and the issuer is always told", async () => {
    await test.setService({ authorizationCodeDuration: 300, issSuppressed: true } as object);
    const { ticket } = await opened();
    const answer = await issue(test, ticket);
    const { code = "", iss } = redirect(answer).parameters;
    expect(iss).toBe(ISSUER);
    const stored = await test.store.engine.read.findArtifact("authorization_code", hashOf(code));
    expect(stored?.expiresAt).toBe(test.clock() + 60_000);
  });
});

describe("FAPI 2.0 Message Signing", () => {
  const requestObject = async (change: Record<string, unknown> = {}) => {
    const now = Math.floor(test.clock() / 1000);
    const payload = { iss: site.id, aud: ISSUER, exp: now + 300, nbf: now, ...good(), ...change };
    return signJwt(keys.privateKey, { header: { alg: "ES256", kid: "k1" }, payload });
  };

  it.each<[string, Record<string, unknown>, string]>([
    ["no exp", { exp: undefined }, "A150319"],
    ["no nbf", { nbf: undefined }, "A150351"],
    ["no aud", { aud: undefined }, "A006351"],
    ["an nbf more than an hour ago", { nbf: Date.UTC(2029, 11, 31, 22, 59) / 1000 }, "A150365"],
    ["more than an hour of validity", { exp: Date.UTC(2030, 0, 1, 1, 0, 1) / 1000 }, "A150365"],
  ])("requests: a request object with %s is refused", async (_what, change, code) => {
    await setModes("FAPI2_MESSAGE_SIGNING_AUTH_REQ");
    const answer = await push({ client_id: site.id, request: await requestObject(change) });
    expect(answer).toMatchObject({ action: "BAD_REQUEST", resultCode: code });
    const allowed = await push({ client_id: site.id, request: await requestObject() });
    expect(allowed.action).toBe("CREATED");
    expect((await open((allowed as { requestUri: string }).requestUri)).action).toBe("INTERACTION");
  });

  it("requests: without a request object none is taken (A294307)", async () => {
    await setModes("FAPI2_MESSAGE_SIGNING_AUTH_REQ");
    expect(await push(good())).toMatchObject({ action: "BAD_REQUEST", resultCode: "A294307" });
  });

  it("requests: the algorithms are few, and nbf may be missing where the service says so", async () => {
    await setModes("FAPI2_MESSAGE_SIGNING_AUTH_REQ");
    const rsa = await makeKeys("RS256", "r1");
    await test.setClient(site.id, { jwks: jwkSet(keys.jwk, rsa.jwk) });
    const now = Math.floor(test.clock() / 1000);
    const payload = { aud: ISSUER, exp: now + 300, nbf: now, ...good() };
    const request = await signJwt(rsa.privateKey, { header: { alg: "RS256", kid: "r1" }, payload });
    expect(await push({ client_id: site.id, request })).toMatchObject({ resultCode: "A005320" });
    await test.setService({ nbfOptional: true });
    const without = await requestObject({ nbf: undefined });
    expect((await push({ client_id: site.id, request: without })).action).toBe("CREATED");
  });

  it("responses: they are signed", async () => {
    await setModes("FAPI2_MESSAGE_SIGNING_AUTH_RES");
    expect(await push(good())).toMatchObject({ action: "BAD_REQUEST", resultCode: "A294306" });
    expect((await opened({ response_mode: "jwt" })).action).toBe("INTERACTION");
  });
});

describe("FAPI 1.0", () => {
  it.each<[string, Parameters, Partial<Client>, string]>([
    ["no nonce with openid (Baseline 5.2.2.2)", { nonce: undefined }, {}, "A294309"],
    [
      "no state without openid (Baseline 5.2.2.3)",
      { scope: "email", nonce: undefined, state: "" },
      {},
      "A294309",
    ],
    ["no PKCE (Baseline 5.2.2)", { code_challenge: undefined }, {}, "A294305"],
  ])("Baseline: %s is refused", async (_what, change, client, code) => {
    await setModes("FAPI1_BASELINE");
    await test.setClient(site.id, client);
    const answer = await ask(test, { ...pkce, ...change });
    expect(answer).toMatchObject({ action: "LOCATION", resultCode: code });
    expect(waiting(await ask(test, pkce)).action).toBe("INTERACTION");
  });

  it("Advanced: signed requests, and responses that are bound (5.2.2)", async () => {
    await setModes("FAPI1_ADVANCED");
    expectRedirectedError(await ask(test, pkce), { code: "A294307", error });
    const now = Math.floor(test.clock() / 1000);
    const send = async (change: Record<string, unknown>) => {
      const payload = { aud: ISSUER, exp: now + 300, nbf: now, ...good(), ...change };
      const request = await signJwt(keys.privateKey, { header: { alg: "ES256", kid: "k1" }, payload });
      return test.engine["auth/authorization"]({ parameters: queryOf({ client_id: site.id, request }) });
    };
    expect(await send({})).toMatchObject({ resultCode: "A294306" });
    expect(await send({ response_type: "token" })).toMatchObject({ resultCode: "A294302" });
    expect((await send({ response_mode: "jwt" })).action).toBe("INTERACTION");
    const hybrid = {
      response_type: "code id_token",
      code_challenge: undefined,
      code_challenge_method: undefined,
    };
    expect((await send(hybrid)).action).toBe("INTERACTION");
    await test.setClient(site.id, { clientType: "PUBLIC", redirectUris: [REDIRECT_URI] });
    expect(await send({ response_mode: "jwt" })).toMatchObject({ resultCode: "A294301" });
  });
});
