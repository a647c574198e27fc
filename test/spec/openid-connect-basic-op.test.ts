import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  type AuthorizationGate,
  CALLBACK,
  openAuthorizationGate,
  payloadOf,
  responseIn,
  VERIFIER,
  type Visitor,
} from "../support/authorization-gate.ts";
import { ORIGIN } from "../support/gate.ts";
import { jwkSet, makeKeys, signJwt, unsigned } from "../support/jwt.ts";

/** Modules of the Basic OP profile of OpenID Connect certification, by name, that no other file here is about. */

let gate: AuthorizationGate;
let alice: Visitor;

beforeAll(async () => {
  gate = await openAuthorizationGate();
});
beforeEach(async () => {
  alice = await gate.person();
});
afterAll(() => gate.close());

async function document(path: string): Promise<Record<string, unknown>> {
  return JSON.parse((await gate.send(new Request(ORIGIN + path))).text);
}

async function setService(change: object) {
  const { store } = gate.services;
  await store.upsertService("1", { ...(await store.findService("1")), ...change });
}

const isWithout = { code_challenge: undefined, code_challenge_method: undefined };

describe("the ID token", () => {
  it("idtoken-signature: is verified with the published key that it names", async () => {
    const { json } = await gate.redeem((await alice.agree(gate.request())).code);
    const keys = createLocalJWKSet((await document("/oauth/jwks")) as unknown as JSONWebKeySet);
    const { payload, protectedHeader } = await jwtVerify(String(json.id_token), keys, {
      issuer: ORIGIN,
      audience: gate.clientId,
      algorithms: ["RS256"],
      currentDate: new Date(gate.clock()),
    });
    expect(protectedHeader.kid).toEqual(expect.any(String));
    expect(payload.nonce).toBe("nonce-1");
  });

  it("idtoken-unsigned: none is no algorithm of this server, and nobody registers for it", async () => {
    const metadata = await document("/.well-known/openid-configuration");
    expect(metadata.id_token_signing_alg_values_supported).not.toContain("none");
    const asked = await gate.send(
      new Request(`${ORIGIN}/oauth/register`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ redirect_uris: [CALLBACK], id_token_signed_response_alg: "none" }),
      }),
    );
    expect([asked.status, JSON.parse(asked.text).error]).toEqual([400, "invalid_client_metadata"]);
  });
});

describe("the authorization request", () => {
  it("max-age-10000: succeeds silently, of the same sign-in", async () => {
    const first = await gate.redeem((await alice.agree(gate.request())).code);
    gate.clock.advance(9_000);
    const answer = await alice.authorize(gate.request({ max_age: "10000" }));
    expect(answer.status).toBe(302);
    const second = await gate.redeem(responseIn(answer).code);
    expect(payloadOf(second.json.id_token).auth_time).toBe(payloadOf(first.json.id_token).auth_time);
  });

  it("alternate-happy-flow: the order of parameters and scopes does not matter", async () => {
    const asked = [...gate.request({ scope: "profile openid" })].reverse();
    const { code, state } = await alice.agree(new URLSearchParams(asked));
    expect(state).toBe("state-1");
    const { status, json } = await gate.redeem(code);
    expect([status, String(json.scope).split(" ").toSorted()]).toEqual([200, ["openid", "profile"]]);
  });

  it("ensure-request-with-valid-pkce-succeeds, and without a challenge for a client that authenticates", async () => {
    const { code } = await alice.agree(gate.request());
    expect((await gate.redeem(code, { code_verifier: VERIFIER })).status).toBe(200);
    const { code: plain } = await alice.agree(gate.request(isWithout));
    const form = { grant_type: "authorization_code", code: plain ?? "", redirect_uri: CALLBACK };
    expect((await gate.token(form)).status).toBe(200);
  });

  it("claims-essential: the name that is asked for so comes from UserInfo", async () => {
    const claims = JSON.stringify({ userinfo: { name: { essential: true } } });
    const { code } = await alice.agree(gate.request({ scope: "openid", claims }));
    const { json } = await gate.redeem(code);
    const told = await gate.send(
      new Request(`${ORIGIN}/oauth/userinfo`, { headers: { authorization: `Bearer ${json.access_token}` } }),
    );
    expect(JSON.parse(told.text)).toEqual({ sub: await gate.subject(), name: "Alice Example" });
  });
});

describe("client authentication", () => {
  it("server-client-secret-post: redeems a code, and in no other way", async () => {
    const { id, secret } = await gate.register({ tokenAuthMethod: "CLIENT_SECRET_POST" });
    const { code } = await alice.agree(gate.request({ client_id: id }));
    const basic = await gate.redeem(code, {}, { id, secret });
    expect(basic).toMatchObject({ status: 401, json: { error: "invalid_client" } });
    const posted = await gate.send(
      new Request(`${ORIGIN}/oauth/token`, {
        method: "POST",
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: new URLSearchParams({
          grant_type: "authorization_code",
          code: code ?? "",
          redirect_uri: CALLBACK,
          code_verifier: VERIFIER,
          client_id: id,
          client_secret: secret,
        }),
      }),
    );
    expect(posted.status).toBe(200);
    expect(JSON.parse(posted.text)).toMatchObject({ token_type: "Bearer", id_token: expect.any(String) });
  });
});

describe("request objects by value", () => {
  const claimsFor = (clientId: string, changes: Record<string, string | undefined> = {}) => ({
    iss: clientId,
    aud: ORIGIN,
    exp: Math.floor(gate.clock() / 1000) + 300,
    ...Object.fromEntries(gate.request({ client_id: clientId, state: "inside", ...changes })),
  });

  it("unsigned-request-object-supported-correctly-or-rejected-as-unsupported: rejected, and discovery says so", async () => {
    const metadata = await document("/.well-known/openid-configuration");
    expect(metadata.request_object_signing_alg_values_supported).not.toContain("none");
    const request = unsigned({ alg: "none" }, claimsFor(gate.clientId));
    const answer = responseIn(await alice.authorize(gate.request({ request })));
    expect(answer.error).toBe("invalid_request_object");
    expect(answer).not.toHaveProperty("code");
  });

  it("unsigned-request-object-supported-correctly, where the service takes them", async () => {
    await setService({ traditionalRequestObjectProcessingApplied: true });
    // The document is kept for a minute.
    gate.clock.advance(60_000);
    const metadata = await document("/.well-known/openid-configuration");
    expect(metadata.request_object_signing_alg_values_supported).toContain("none");
    const request = unsigned({ alg: "none" }, claimsFor(gate.clientId));
    expect(await alice.agree(gate.request({ request }))).toMatchObject({
      state: "inside",
      code: expect.any(String),
    });
    await setService({ traditionalRequestObjectProcessingApplied: false });
  });

  it("ensure-request-object-with-redirect-uri: the address inside counts, the one beside it does not", async () => {
    const keys = await makeKeys("RS256", "k1");
    const { id } = await gate.register({ jwks: jwkSet(keys.jwk) });
    const sign = (changes: Record<string, string | undefined> = {}) =>
      signJwt(keys.privateKey, { header: { alg: "RS256", kid: "k1" }, payload: claimsFor(id, changes) });
    const beside = { client_id: id, redirect_uri: "https://evil.example/" };
    const request = await sign();
    expect((await alice.agree(gate.request({ ...beside, request }))).code).toEqual(expect.any(String));
    const evil = await sign({ redirect_uri: "https://evil.example/" });
    const refused = await alice.authorize(gate.request({ client_id: id, request: evil }));
    expect([refused.status, refused.target]).toEqual([400, undefined]);
  });
});

describe("the refresh token", () => {
  it("refresh-token: works for its client alone, with allowed characters only, and tells of the same sign-in", async () => {
    const other = await gate.register();
    const asked = gate.request({ scope: "openid offline_access", prompt: "consent" });
    const { json: first } = await gate.redeem((await alice.agree(asked)).code);
    expect(first.refresh_token).toEqual(expect.stringMatching(/^[\x20-\x7e]+$/));
    const form = { grant_type: "refresh_token", refresh_token: String(first.refresh_token) };
    const foreign = await gate.token(form, other);
    expect(foreign).toMatchObject({ status: 400, json: { error: "invalid_grant" } });
    expect(foreign.json).not.toHaveProperty("access_token");
    gate.clock.advance(1_000);
    const { status, json } = await gate.token(form);
    expect(status).toBe(200);
    expect(json.access_token).not.toBe(first.access_token);
    const [before, after] = [payloadOf(first.id_token), payloadOf(json.id_token)];
    expect([after.iss, after.sub, after.aud, after.auth_time]).toEqual([
      before.iss,
      before.sub,
      before.aud,
      before.auth_time,
    ]);
  });
});
