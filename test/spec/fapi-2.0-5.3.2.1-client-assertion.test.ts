import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type AuthorizationGate,
  openAuthorizationGate,
  type Visitor,
} from "../support/authorization-gate.ts";
import { createFapiClient, type FapiClient, type Spoilt } from "../support/fapi-client.ts";
import { ORIGIN } from "../support/gate.ts";
import { jwkSet, makeKeys } from "../support/jwt.ts";

/**
 * What the conformance suite's plan for the FAPI 2.0 Security Profile demands of the assertion that a client authenticates with, by the
 * names of its modules.
 */

let gate: AuthorizationGate;
let alice: Visitor;
let client: FapiClient;

beforeAll(async () => {
  gate = await openAuthorizationGate();
  alice = await gate.person();
  client = await createFapiClient(gate);
});
afterAll(() => gate.close());

const seconds = (later: number) => Math.floor(gate.clock() / 1000) + later;

/** Spoils the push and the redemption of a code, and lets the good ones pass. */
async function isRefused(spoilt: Spoilt, error = "invalid_client", at: FapiClient = client) {
  const pushed = await at.push({}, spoilt);
  expect([pushed.status === 400 || pushed.status === 401, pushed.json.error]).toEqual([true, error]);
  expect(pushed.json).not.toHaveProperty("request_uri");
  const { code } = await alice.agree(await at.pushed());
  const redeemed = await at.redeem(code, spoilt);
  expect([redeemed.status === 400 || redeemed.status === 401, redeemed.json.error]).toEqual([true, error]);
  expect(redeemed.json).not.toHaveProperty("access_token");
  expect((await at.redeem(code)).status).toBe(200);
}

const claims = (changes: Record<string, unknown>): Spoilt => ({ assertion: { claims: changes } });

describe("FAPI 2.0 Security Profile §5.3.2.1: the audience of a client assertion", () => {
  it.each<[string, unknown]>([
    ["par-test-array-as-audience-fails", [ORIGIN]],
    ["par-test-array-as-audience-fails, with more in it", [ORIGIN, `${ORIGIN}/oauth/par`]],
    ["par-test-par-endpoint-url-as-audience-fails", `${ORIGIN}/oauth/par`],
    ["par-test-token-endpoint-url-as-audience-fails", `${ORIGIN}/oauth/token`],
    ["ensure-client-assertion-with-wrong-aud-fails", "https://other.example"],
    ["with a slash after the issuer", `${ORIGIN}/`],
    ["with none", undefined],
  ])("%s", async (_, aud) => {
    await isRefused(claims({ aud }));
  });

  it("a client outside of FAPI names the token endpoint, as is customary (OIDC Core 9)", async () => {
    const other = await createFapiClient(gate, { fapiModes: [] });
    for (const aud of [ORIGIN, [ORIGIN], `${ORIGIN}/oauth/token`, `${ORIGIN}/oauth/par`]) {
      expect((await other.push({}, claims({ aud }))).status).toBe(201);
    }
  });
});

describe("FAPI 2.0 Security Profile §5.3.2.1: the rest of a client assertion", () => {
  it("ensure-client-assertion-in-token-endpoint: it has to be there", async () => {
    await isRefused({ assertion: null });
  });

  it("ensure-client-assertion-with-exp-is-5-minutes-in-past-fails", async () => {
    await isRefused(claims({ exp: seconds(-300), iat: seconds(-360) }));
  });

  it("ensure-client-assertion-with-no-sub-fails", async () => {
    await isRefused(claims({ sub: undefined }));
  });

  it.each<[string, Record<string, unknown>]>([
    ["no exp", { exp: undefined }],
    ["no jti", { jti: undefined }],
    ["another issuer", { iss: "https://evil.example" }],
  ])("ensure-invalid-client-assertions-fail: %s", async (_, spoilt) => {
    const { status, json } = await client.push({}, claims(spoilt));
    expect([status === 400 || status === 401, json.error]).toEqual([
      true,
      expect.stringMatching(/^invalid_(client|request)$/),
    ]);
    expect((await client.push()).status).toBe(201);
  });

  it("ensure-invalid-client-assertions-fail: of another key, and one that is used twice", async () => {
    const { privateKey } = await makeKeys("ES256", "key-1");
    await isRefused({ assertion: { key: privateKey } });
    const once = claims({ jti: "used" });
    expect((await client.push({}, once)).status).toBe(201);
    expect(await client.push({}, once)).toMatchObject({ status: 401, json: { error: "invalid_client" } });
  });

  it("ensure-signed-client-assertion-with-RS256-fails: PS256 and EdDSA with the same keys are good", async () => {
    const [rsa, ps, ed] = await Promise.all([
      makeKeys("RS256", "rsa"),
      makeKeys("PS256", "ps"),
      makeKeys("EdDSA", "ed"),
    ]);
    const jwks = jwkSet(rsa.jwk, ps.jwk, ed.jwk);
    const other = await createFapiClient(gate, { jwks, tokenAuthSignAlg: undefined });
    const signed = (alg: string, kid: string, key: typeof rsa.privateKey): Spoilt => ({
      assertion: { key, header: { alg, kid } },
    });
    const refused = await other.push({}, signed("RS256", "rsa", rsa.privateKey));
    expect(refused).toMatchObject({ status: 401, json: { error: "invalid_client" } });
    expect((await other.push({}, signed("PS256", "ps", ps.privateKey))).status).toBe(201);
    expect((await other.push({}, signed("EdDSA", "ed", ed.privateKey))).status).toBe(201);
  });

  it("par-ensure-jwt-client-assertions-nbf-8-seconds-in-the-future-is-accepted", async () => {
    const ahead = claims({ nbf: seconds(8), iat: seconds(8) });
    const reference = await client.pushed({}, ahead);
    const { code } = await alice.agree(reference);
    expect((await client.redeem(code, claims({ nbf: seconds(8), iat: seconds(8) }))).status).toBe(200);
  });

  it.each([
    ["nbf", { nbf: 61 }],
    ["iat", { iat: 61 }],
    ["both", { nbf: 61, iat: 61 }],
  ])("par-ensure-jwt-client-assertions-nbf-over-60-seconds-in-the-future-fails: %s", async (_, later) => {
    const changes = Object.fromEntries(Object.entries(later).map(([name, ahead]) => [name, seconds(ahead)]));
    await isRefused(claims({ exp: seconds(120), ...changes }));
  });

  it("ensure-client-id-in-token-endpoint: another client's identifier beside it is refused", async () => {
    const other = await createFapiClient(gate);
    const { code } = await alice.agree(await client.pushed());
    const refused = await client.redeem(code, {}, { client_id: other.id });
    expect([refused.status === 400 || refused.status === 401, refused.json.error]).toEqual([
      true,
      expect.stringMatching(/^invalid_(client|request)$/),
    ]);
    expect(refused.json).not.toHaveProperty("access_token");
    expect((await client.redeem(code)).status).toBe(200);
  });
});
