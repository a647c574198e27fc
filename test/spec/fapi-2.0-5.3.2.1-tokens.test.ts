import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type AuthorizationGate,
  openAuthorizationGate,
  payloadOf,
  type Visitor,
} from "../support/authorization-gate.ts";
import { type Changes, createFapiClient, type FapiClient, type Spoilt } from "../support/fapi-client.ts";
import { ORIGIN } from "../support/gate.ts";
import { encoded, makeKeys, unsigned } from "../support/jwt.ts";

/**
 * What the conformance suite's plan for the FAPI 2.0 Security Profile demands of codes, access tokens, refresh tokens and DPoP proofs, by
 * the names of its modules.
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

const invalidGrant = { status: 400, json: { error: "invalid_grant" } };
const codeFor = async (asked: Changes = {}, spoilt: Spoilt = {}) =>
  (await alice.agree(await client.pushed(asked, spoilt))).code;

describe("FAPI 2.0 Security Profile §5.3.2.1: the authorization code", () => {
  it("ensure-authorization-code-is-bound-to-client", async () => {
    const other = await createFapiClient(gate);
    const code = await codeFor();
    const refused = await other.redeem(code);
    expect(refused).toMatchObject(invalidGrant);
    expect(refused.json).not.toHaveProperty("access_token");
    expect((await client.redeem(code)).status).toBe(200);
  });

  it("attempt-reuse-authorization-code-after-one-second: invalid_grant, and the access token has ended", async () => {
    const code = await codeFor();
    const { json } = await client.redeem(code);
    expect((await client.userinfo(json.access_token)).status).toBe(200);
    gate.clock.advance(1_000);
    expect(await client.redeem(code)).toMatchObject(invalidGrant);
    expect((await client.userinfo(json.access_token)).status).toBe(401);
  });

  it("ensure-token-endpoint-fails-with-expired-auth-code: it lives for 60 seconds, whatever the service says", async () => {
    const { store } = gate.services;
    const service = await store.findService("1");
    await store.upsertService("1", { ...service, authorizationCodeDuration: 600 });
    const inTime = await codeFor();
    gate.clock.advance(59_000);
    expect((await client.redeem(inTime)).status).toBe(200);
    const late = await codeFor();
    gate.clock.advance(60_000);
    expect(await client.redeem(late)).toMatchObject(invalidGrant);
    await store.upsertService("1", { ...service });
  });

  it.each<[string, string | undefined]>([
    ["ensure-pkce-code-verifier-required", undefined],
    ["incorrect-pkce-code-verifier-rejected", "w".repeat(64)],
  ])("%s", async (_, verifier) => {
    const code = await codeFor();
    expect(await client.redeem(code, {}, { code_verifier: verifier })).toMatchObject(invalidGrant);
    expect((await client.redeem(code)).status).toBe(200);
  });
});

describe("FAPI 2.0 Security Profile §5.3.2.1, RFC 9449 §10: a code is bound to a key", () => {
  it("ensure-token-endpoint-fails-with-mismatched-dpop-proof-jkt: by the proof of the push", async () => {
    const code = await codeFor();
    const refused = await client.redeem(code, { proof: { keys: await makeKeys("ES256") } });
    expect(refused.status).toBe(400);
    expect(refused.json).not.toHaveProperty("access_token");
    expect((await client.redeem(code)).status).toBe(200);
  });

  it("ensure-token-endpoint-fails-with-mismatched-dpop-jkt: by dpop_jkt without a proof", async () => {
    const code = await codeFor({ dpop_jkt: client.dpopKeys.jkt }, { proof: null });
    const refused = await client.redeem(code, { proof: { keys: await makeKeys("ES256") } });
    expect(refused.status).toBe(400);
    expect(refused.json).not.toHaveProperty("access_token");
    expect((await client.redeem(code)).status).toBe(200);
  });

  it("ensure-dpop-auth-code-binding-success, ensure-dpopproof-at-par-endpoint-binding-success", async () => {
    const both = await codeFor({ dpop_jkt: client.dpopKeys.jkt });
    expect(await client.redeem(both)).toMatchObject({ status: 200, json: { token_type: "DPoP" } });
    expect(await client.redeem(await codeFor())).toMatchObject({ status: 200, json: { token_type: "DPoP" } });
  });

  it("ensure-mismatched-dpop-jkt-fails: both at once, and of two keys", async () => {
    const { jkt } = await makeKeys("ES256");
    const refused = await client.push({ dpop_jkt: jkt });
    expect(refused.status).toBe(400);
    expect(refused.json).not.toHaveProperty("request_uri");
    expect((await client.push({ dpop_jkt: client.dpopKeys.jkt })).status).toBe(201);
  });

  it("ensure-holder-of-key-required: no token without a proof", async () => {
    const code = await codeFor({}, { proof: null });
    const refused = await client.redeem(code, { proof: null });
    expect(refused).toMatchObject({ status: 400, json: { error: "invalid_dpop_proof" } });
    expect(refused.json).not.toHaveProperty("access_token");
    expect((await client.redeem(code)).status).toBe(200);
  });
});

describe("FAPI 2.0 Security Profile §5.3.2.1-6, RFC 9449 §4.3: proofs", () => {
  const seconds = (later: number) => Math.floor(gate.clock() / 1000) + later;

  it.each([
    ["ensure-dpopproof-with-iat-10seconds-before-succeeds", -10],
    ["ensure-dpopproof-with-iat-10seconds-after-succeeds", 10],
  ])("%s", async (_, later) => {
    const proof = { claims: { iat: seconds(later) } };
    const code = await codeFor({}, { proof });
    const { status, json } = await client.redeem(code, { proof });
    expect(status).toBe(200);
    expect((await client.userinfo(json.access_token, { proof })).status).toBe(200);
  });

  it("check-dpop-proof-nbf-exp: both are tolerated", async () => {
    const proof = { claims: { nbf: seconds(0), exp: seconds(60) } };
    const { status, json } = await client.redeem(await codeFor(), { proof });
    expect(status).toBe(200);
    expect((await client.userinfo(json.access_token, { proof })).status).toBe(200);
  });

  it.each(["DPoP", "dpop", "DPOP", "dPoP"])(
    "access-token-type-header-case-sensitivity: %s",
    async (scheme) => {
      const { json } = await client.redeem(await codeFor());
      expect((await client.userinfo(json.access_token, {}, scheme)).status).toBe(200);
    },
  );

  const negative: [string, () => Spoilt | Promise<Spoilt>][] = [
    ["no proof", () => ({ proof: null })],
    ["an empty proof", () => ({ dpop: "" })],
    ["no JWT", () => ({ dpop: "proof" })],
    ["another typ", () => ({ proof: { header: { typ: "JWT" } } })],
    ["no typ", () => ({ proof: { header: { typ: undefined } } })],
    ["no key", () => ({ proof: { header: { jwk: undefined } } })],
    ["a private key", () => ({ proof: { header: { jwk: client.dpopKeys.privateJwk } } })],
    ["the key of another signature", async () => ({ proof: { signedWith: await makeKeys("ES256") } })],
    ["another key", async () => ({ proof: { keys: await makeKeys("ES256") } })],
    ["RS256", async () => ({ proof: { keys: await makeKeys("RS256") } })],
    [
      "no signature",
      () => ({ dpop: unsigned({ alg: "none", typ: "dpop+jwt", jwk: client.dpopKeys.jwk }, {}) }),
    ],
    ["a secret for a key", () => ({ dpop: `${encoded({ alg: "HS256", typ: "dpop+jwt" })}.e30.AA` })],
    ["no jti", () => ({ proof: { claims: { jti: undefined } } })],
    ["no htm", () => ({ proof: { claims: { htm: undefined } } })],
    ["another htm", () => ({ proof: { claims: { htm: "PUT" } } })],
    ["no htu", () => ({ proof: { claims: { htu: undefined } } })],
    ["another htu", () => ({ proof: { claims: { htu: `${ORIGIN}/oauth/par` } } })],
    ["no iat", () => ({ proof: { claims: { iat: undefined } } })],
    ["an iat of an hour ago", () => ({ proof: { claims: { iat: seconds(-3_600) } } })],
    ["an iat in an hour", () => ({ proof: { claims: { iat: seconds(3_600) } } })],
  ];

  it.each(negative)("dpop-negative-tests: %s is refused with a token and for one", async (_, spoil) => {
    const code = await codeFor();
    const refused = await client.redeem(code, await spoil());
    expect(refused.status).toBe(400);
    expect(refused.json).not.toHaveProperty("access_token");
    const { json } = await client.redeem(code);
    const closed = await client.userinfo(json.access_token, await spoil());
    expect(closed.status).toBe(401);
    expect(closed.headers.get("www-authenticate")).toMatch(/^DPoP /);
    expect(closed.json).not.toHaveProperty("sub");
    expect((await client.userinfo(json.access_token)).status).toBe(200);
  });

  it.each<[string, Spoilt]>([
    ["no ath", { proof: { claims: { ath: undefined } } }],
    ["the ath of another token", { proof: { accessToken: "another" } }],
  ])("dpop-negative-tests: %s", async (_, spoilt) => {
    const { json } = await client.redeem(await codeFor());
    const closed = await client.userinfo(json.access_token, spoilt);
    expect([closed.status, closed.json.sub]).toEqual([401, undefined]);
    expect((await client.userinfo(json.access_token)).status).toBe(200);
  });

  it("dpop-negative-tests: a proof is used once, and two in one request are none", async () => {
    const { json } = await client.redeem(await codeFor());
    const once = { proof: { claims: { jti: "once" } } };
    expect((await client.userinfo(json.access_token, once)).status).toBe(200);
    expect((await client.userinfo(json.access_token, once)).status).toBe(401);
    expect((await client.userinfo(json.access_token, { dpop: "a.b.c, a.b.c" })).status).toBe(401);
    expect((await client.userinfo(json.access_token, {}, "Bearer")).status).toBe(401);
  });

  it("an address that is written in another way is the same (RFC 3986 §6.2)", async () => {
    const { json } = await client.redeem(await codeFor());
    for (const htu of ["https://GATE.example/oauth/userinfo", "https://gate.example:443/oauth/userinfo"]) {
      const proof = { claims: { htu } };
      expect((await client.userinfo(json.access_token, { proof })).status).toBe(200);
    }
  });
});

describe("FAPI 2.0 Security Profile §5.3.2.1-9: refresh-token", () => {
  const offline = { scope: "openid offline_access", prompt: "consent" };
  const granted = async () => (await client.redeem(await codeFor(offline))).json;

  it("refresh-token: it goes on as it is, for as long as it lives, and its ID token tells of the same sign-in", async () => {
    const first = await granted();
    expect(first.refresh_token).toEqual(expect.stringMatching(/^[\x20-\x7e]+$/));
    let last = first;
    for (const pause of [1_000, 120_000]) {
      gate.clock.advance(pause);
      const { status, json } = await client.refresh(first.refresh_token);
      expect(status).toBe(200);
      expect(json.refresh_token ?? first.refresh_token).toBe(first.refresh_token);
      expect(json.access_token).not.toBe(last.access_token);
      const [before, after] = [payloadOf(first.id_token), payloadOf(json.id_token)];
      expect([after.iss, after.sub, after.aud, after.auth_time]).toEqual([
        before.iss,
        before.sub,
        before.aud,
        before.auth_time,
      ]);
      last = json;
    }
    expect((await client.userinfo(last.access_token)).status).toBe(200);
  });

  it("refresh-token: a client that authenticates may have changed its key (RFC 9449 §5)", async () => {
    const { refresh_token: token } = await granted();
    const keys = await makeKeys("ES256");
    const { status, json } = await client.refresh(token, { proof: { keys } });
    expect(status).toBe(200);
    expect((await client.userinfo(json.access_token, { proof: { keys } })).status).toBe(200);
    expect((await client.userinfo(json.access_token)).status).toBe(401);
  });

  it("refresh-token: it is bound to its client, which authenticates and proves that it holds a key", async () => {
    const { refresh_token: token } = await granted();
    const other = await createFapiClient(gate);
    const refused = [
      await other.refresh(token),
      await client.refresh(token, { assertion: null }),
      await client.refresh(token, { proof: null }),
    ];
    expect(refused.map(({ json }) => json.error)).toEqual([
      "invalid_grant",
      "invalid_client",
      "invalid_dpop_proof",
    ]);
    for (const { status, json } of refused) {
      expect([400, 401]).toContain(status);
      expect(json).not.toHaveProperty("access_token");
    }
    expect((await client.refresh(token)).status).toBe(200);
  });
});
