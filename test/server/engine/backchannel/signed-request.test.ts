import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Client } from "../../../../src/server/authlete/client.ts";
import type { Service } from "../../../../src/server/authlete/service.ts";
import { basic, form, ISSUER, summary, type TestEngine } from "../../../support/engine.ts";
import { jwkSet, type Keys, makeKeys, signJwt, unsigned } from "../../../support/jwt.ts";
import { openBackchannelEngine, poll } from "./backchannel-flow.ts";

let test: TestEngine;
let keys: Keys;
beforeEach(async () => {
  test = await openBackchannelEngine();
  keys = await makeKeys("ES256", "own");
  await test.setClient(poll.id, { jwks: jwkSet(keys.jwk), bcRequestSignAlg: "ES256" });
});
afterEach(() => test.close());

const claims = () => {
  const iat = test.clock() / 1000;
  return {
    iss: poll.id,
    aud: ISSUER,
    iat,
    nbf: iat,
    exp: iat + 300,
    jti: "a-jti",
    scope: "openid",
    login_hint: "alice",
  };
};

const signed = (change: Record<string, unknown> = {}, header: object = {}, key = keys.privateKey) =>
  signJwt(key, { header: { alg: "ES256", ...header }, payload: { ...claims(), ...change } });

const send = async (request: string, parameters: Record<string, string> = {}) =>
  test.engine["backchannel/authentication"]({ parameters: form({ request, ...parameters }), ...basic(poll) });

describe("a signed backchannel authentication request", () => {
  it("says all that there is to say", async () => {
    const request = await signed({
      binding_message: "W4SCT",
      requested_expiry: 120,
      resource: ["https://a.example", "https://b.example"],
      request_context: { user_agent: "x" },
    });
    expect(await send(request)).toMatchObject({
      action: "USER_IDENTIFICATION",
      hint: "alice",
      bindingMessage: "W4SCT",
      requestedExpiry: 120,
      resources: ["https://a.example", "https://b.example"],
      requestContext: '{"user_agent":"x"}',
    });
    expect(await send(await signed({ requested_expiry: "60" }))).toMatchObject({ requestedExpiry: 60 });
  });

  it("may stand beside what names and proves the client, and beside what nobody knows", async () => {
    expect(await send(await signed(), { client_id: poll.id, unknown: "1" })).toMatchObject({
      action: "USER_IDENTIFICATION",
    });
  });

  it("may have many audiences and be signed with a key at the client's jwks_uri", async () => {
    await test.setClient(poll.id, { jwksUri: "https://client.example/jwks" });
    test.published.set("https://client.example/jwks", jwkSet(keys.jwk));
    const request = await signed({ aud: ["https://other.example", ISSUER] });
    expect(await send(request)).toMatchObject({ action: "USER_IDENTIFICATION" });
  });
});

describe("a signed backchannel authentication request is refused", () => {
  const defects: [string, string, Record<string, unknown>][] = [
    ["A167306", "without an issuer", { iss: undefined }],
    ["A168304", "of another client", { iss: "5001" }],
    ["A167315", "without an audience", { aud: undefined }],
    ["A167316", "with null for an audience", { aud: null }],
    ["A167321", "for another server", { aud: "https://other.example" }],
    ["A167324", "for other servers", { aud: ["https://other.example"] }],
    ["A167315", "without an end", { exp: undefined }],
    ["A167315", "without a beginning", { nbf: undefined }],
    ["A167315", "without a time of issue", { iat: undefined }],
    ["A167315", "without an identifier", { jti: undefined }],
    ["A167323", "with an identifier that is no text", { jti: 5 }],
    ["A167317", "with an end that is no number", { exp: "x" }],
    ["A167318", "that has expired", { exp: 1_800_000_000 }],
    ["A167319", "from the future", { iat: 2_900_000_000 }],
    ["A167320", "that is not valid yet", { nbf: 2_900_000_000 }],
    ["A167322", "with a client assertion", { client_assertion: "x" }],
    ["A167322", "with a client secret", { client_secret: "x" }],
    ["A167323", "with a scope that is a list", { scope: ["openid"] }],
    ["A167323", "with a hint that is a number", { login_hint: 1 }],
    ["A167326", "with a context that is a text", { request_context: "x" }],
    ["A174301", "without a hint", { login_hint: undefined }],
    ["A201302", "with a negative expiry", { requested_expiry: -1 }],
  ];

  it.each(defects)("%s: %s", async (code, _, change) => {
    expect(summary(await send(await signed(change)))).toMatchObject({ action: "BAD_REQUEST", code });
    expect(test.artifacts()).toBe(0);
    expect(await send(await signed())).toMatchObject({ action: "USER_IDENTIFICATION" });
  });

  it("up to the allowed clock skew, and not beyond", async () => {
    const late = await signed({ exp: test.clock() / 1000 });
    expect(summary(await send(late))).toMatchObject({ code: "A167318" });
    await test.setService({ allowableClockSkew: 10 });
    expect(await send(late)).toMatchObject({ action: "USER_IDENTIFICATION" });
  });

  it("if it is no JWT, unsigned, encrypted or empty", async () => {
    expect(summary(await send("x"))).toMatchObject({ code: "A167302" });
    expect(summary(await send(unsigned({ alg: "none" }, claims())))).toMatchObject({ code: "A167303" });
    expect(summary(await send(unsigned({ alg: "ES256" }, claims())))).toMatchObject({ code: "A167303" });
    expect(summary(await send(`${unsigned({ alg: "dir" }, "")}a.b.c`))).toMatchObject({ code: "A167304" });
    expect(summary(await send(unsigned({ alg: "ES256" }, "[]", "AA")))).toMatchObject({ code: "A167305" });
    expect(test.artifacts()).toBe(0);
  });

  it("if it is signed with a secret, another algorithm or another key", async () => {
    const payload = claims();
    const secret = await signJwt(Buffer.from(poll.secret), { header: { alg: "HS256" }, payload });
    expect(summary(await send(secret))).toMatchObject({ code: "A167308" });
    const other = await makeKeys("PS256");
    const ps256 = await signJwt(other.privateKey, { header: { alg: "PS256" }, payload });
    expect(summary(await send(ps256))).toMatchObject({ code: "A167310" });
    const foreign = await makeKeys("ES256");
    expect(summary(await send(await signed({}, {}, foreign.privateKey)))).toMatchObject({ code: "A167314" });
    expect(summary(await send(await signed({}, { kid: "other" })))).toMatchObject({ code: "A167312" });
    expect(test.artifacts()).toBe(0);
  });

  it("if the client is not registered for it", async () => {
    const request = await signed();
    await test.setClient(poll.id, { bcRequestSignAlg: undefined });
    expect(summary(await send(request))).toMatchObject({ code: "A167309" });
    await test.setClient(poll.id, { bcRequestSignAlg: "ES256", jwks: undefined });
    expect(summary(await send(request))).toMatchObject({ code: "A167311" });
    expect(test.artifacts()).toBe(0);
  });

  it.each(["scope", "login_hint", "user_code", "resource", "client_notification_token"])(
    "if %s stands beside it",
    async (name) => {
      expect(summary(await send(await signed(), { [name]: "x" }))).toMatchObject({ code: "A167301" });
      expect(test.artifacts()).toBe(0);
    },
  );
});

describe("under FAPI", () => {
  let assertionKeys: Keys;
  beforeEach(async () => {
    assertionKeys = await makeKeys("ES256");
    await test.setClient(poll.id, {
      tokenAuthMethod: "PRIVATE_KEY_JWT",
      jwks: jwkSet(keys.jwk, { ...assertionKeys.jwk, kid: "assertion" }),
    });
  });

  let count = 0;
  const sendAs = async (parameters: Record<string, string>) => {
    count += 1;
    const iat = test.clock() / 1000;
    const client_assertion = await signJwt(assertionKeys.privateKey, {
      header: { alg: "ES256", kid: "assertion" },
      payload: { iss: poll.id, sub: poll.id, aud: ISSUER, jti: `jti-${count}`, iat, exp: iat + 60 },
    });
    const client_assertion_type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    return test.engine["backchannel/authentication"]({
      parameters: form({ ...parameters, client_assertion, client_assertion_type }),
    });
  };

  const settings: [string, Partial<Service>, Partial<Client>, Record<string, unknown>][] = [
    ["A243304", {}, {}, { exp: 1_893_460_000 }],
    ["A243301", { backchannelBindingMessageRequiredInFapi: true }, {}, {}],
    [
      "A243302",
      {},
      { bcDeliveryMode: "PUSH", bcNotificationEndpoint: "https://client.example/n" },
      {
        client_notification_token: "token",
      },
    ],
  ];

  it.each(settings)("%s is demanded: %j %j", async (code, service, client, change) => {
    await test.setService({ ...service, fapiModes: ["FAPI1_ADVANCED"] });
    await test.setClient(poll.id, client);
    expect(summary(await sendAs({ request: await signed(change) }))).toMatchObject({ code });
    expect(test.artifacts()).toBe(0);
    await test.setClient(poll.id, { bcDeliveryMode: "POLL" });
    const good = { request: await signed({ binding_message: "W4SCT" }) };
    expect(await sendAs(good)).toMatchObject({ action: "USER_IDENTIFICATION" });
  });

  it("a signature is demanded, by an algorithm that is allowed", async () => {
    const plain = { scope: "openid", login_hint: "alice" };
    expect(await sendAs(plain)).toMatchObject({ action: "USER_IDENTIFICATION" });
    await test.setService({ fapiModes: ["FAPI1_ADVANCED"] });
    expect(summary(await sendAs(plain))).toMatchObject({ code: "A243303" });
    expect(await sendAs({ request: await signed() })).toMatchObject({ action: "USER_IDENTIFICATION" });
    const rsa = await makeKeys("RS256");
    await test.setClient(poll.id, {
      bcRequestSignAlg: "RS256",
      jwks: jwkSet(rsa.jwk, { ...assertionKeys.jwk, kid: "assertion" }),
    });
    const request = await signJwt(rsa.privateKey, { header: { alg: "RS256" }, payload: claims() });
    expect(summary(await sendAs({ request }))).toMatchObject({ code: "A243306" });
  });
});
