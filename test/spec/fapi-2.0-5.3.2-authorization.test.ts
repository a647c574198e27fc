import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type Answer,
  type AuthorizationGate,
  openAuthorizationGate,
  payloadOf,
  responseIn,
  type Visitor,
} from "../support/authorization-gate.ts";
import { type Changes, createFapiClient, type FapiClient } from "../support/fapi-client.ts";
import { ORIGIN } from "../support/gate.ts";
import { makeKeys } from "../support/jwt.ts";

/**
 * What the conformance suite's plan for the FAPI 2.0 Security Profile demands of the authorization request, by the names of its modules:
 * everything is pushed by a client that has proved who it is, and tokens are bound to a key.
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

const onPage = ({ status, target }: Answer) => [status, target];

describe("FAPI 2.0 Security Profile §5.3.2.2: the authorization request", () => {
  it("happy-flow: pushed with a proof, agreed to, redeemed with the same key, by two clients", async () => {
    const other = await createFapiClient(gate);
    for (const each of [client, other]) {
      const response = await alice.agree(await each.pushed());
      expect(response).toMatchObject({ state: "state-1", iss: ORIGIN });
      const { status, json } = await each.redeem(response.code);
      expect({ status, json }).toMatchObject({ status: 200, json: { token_type: "DPoP" } });
      expect((await each.userinfo(json.access_token)).status).toBe(200);
      const foreign = { proof: { keys: (each === client ? other : client).dpopKeys } };
      const refused = await each.userinfo(json.access_token, foreign);
      expect(refused.status).toBe(401);
      expect(refused.json).not.toHaveProperty("sub");
    }
  });

  it("discovery-end-point-verification", async () => {
    for (const path of ["openid-configuration", "oauth-authorization-server"]) {
      const { status, text } = await gate.send(new Request(`${ORIGIN}/.well-known/${path}`));
      const metadata = JSON.parse(text) as Record<string, unknown>;
      expect(status).toBe(200);
      const addresses = Object.entries(metadata).filter(([name]) => /(_endpoint|_uri)$/.test(name));
      expect(addresses.length).toBeGreaterThan(9);
      for (const [, address] of addresses) expect(address).toMatch(/^https:\/\//);
      expect(metadata).toMatchObject({
        issuer: ORIGIN,
        response_types_supported: expect.arrayContaining(["code"]),
        grant_types_supported: expect.arrayContaining(["authorization_code", "refresh_token"]),
        scopes_supported: expect.arrayContaining(["openid"]),
        subject_types_supported: expect.arrayContaining(["public"]),
        authorization_response_iss_parameter_supported: true,
        code_challenge_methods_supported: expect.arrayContaining(["S256"]),
        pushed_authorization_request_endpoint: `${ORIGIN}/oauth/par`,
        require_pushed_authorization_requests: expect.any(Boolean),
        token_endpoint_auth_methods_supported: expect.arrayContaining(["private_key_jwt"]),
        token_endpoint_auth_signing_alg_values_supported: expect.arrayContaining(["PS256", "ES256"]),
        dpop_signing_alg_values_supported: expect.arrayContaining(["PS256", "ES256"]),
        id_token_signing_alg_values_supported: expect.arrayContaining(["PS256", "ES256"]),
      });
    }
  });

  it("user-rejects-authentication: access_denied comes back by redirect with state", async () => {
    const handle = await alice.begin(await client.pushed({ prompt: "consent" }));
    const response = responseIn(await alice.decide(handle, "deny"));
    expect(response).toMatchObject({ error: "access_denied", state: "state-1", iss: ORIGIN });
  });

  it("unsigned-request-without-using-par-fails", async () => {
    const answer = await alice.authorize(gate.request({ client_id: client.id }));
    expect(answer.target?.searchParams.get("code") ?? null).toBeNull();
    expect(answer.status === 400 || responseIn(answer).error === "invalid_request").toBe(true);
  });

  it.each<[string, Changes]>([
    ["without-state", { state: undefined }],
    ["without-nonce", { nonce: undefined }],
    ["64-char-nonce", { nonce: "n".repeat(64), state: "s".repeat(64) }],
    ["long-nonce", { nonce: "n".repeat(384) }],
    ["long-state", { state: "s".repeat(384) }],
    ["other-scope-order", { scope: "profile openid" }],
  ])("%s succeeds", async (_, changes) => {
    const response = await alice.agree(await client.pushed(changes));
    expect(response.state).toBe("state" in changes ? changes.state : "state-1");
    const { status, json } = await client.redeem(response.code);
    expect(status).toBe(200);
    expect(payloadOf(json.id_token).nonce).toBe("nonce" in changes ? changes.nonce : "nonce-1");
  });

  it("different-state-inside-and-outside, different-nonce-inside-and-outside: only what was pushed counts", async () => {
    const reference = await client.pushed();
    reference.set("state", "outside");
    reference.set("nonce", "outside");
    const { state, code } = await alice.agree(reference);
    expect(state).toBe("state-1");
    expect(payloadOf((await client.redeem(code)).json.id_token).nonce).toBe("nonce-1");
  });

  it("state-only-outside-request-object-not-used", async () => {
    const reference = await client.pushed({ state: undefined });
    reference.set("state", "outside");
    const { state, code } = await alice.agree(reference);
    expect(state).toBeUndefined();
    expect(payloadOf((await client.redeem(code)).json.id_token)).not.toHaveProperty("s_hash");
  });

  it("par-without-duplicate-parameters: client_id and request_uri alone succeed", async () => {
    const reference = await client.pushed();
    expect([...reference.keys()]).toEqual(["client_id", "request_uri"]);
    const { code } = await alice.agree(reference);
    expect((await client.redeem(code)).status).toBe(200);
  });

  it.each(["PUT", "PATCH", "DELETE"])("par-attempt-invalid-http-method: %s", async (method) => {
    const { status, json, headers } = await client.push({}, { method });
    expect([status, headers.get("allow")]).toEqual([405, "POST"]);
    expect(json).not.toHaveProperty("request_uri");
    expect((await client.push()).status).toBe(201);
  });

  it("test-claims-parameter-identity-claims: what discovery lists and the claims parameter names comes from UserInfo", async () => {
    const discovery = await gate.send(new Request(`${ORIGIN}/.well-known/openid-configuration`));
    const metadata = JSON.parse(discovery.text) as { claims_supported: string[] };
    expect(metadata.claims_supported).toContain("name");
    const claims = JSON.stringify({
      userinfo: Object.fromEntries(metadata.claims_supported.map((name) => [name, null])),
    });
    const { code } = await alice.agree(await client.pushed({ scope: "openid", claims }));
    const { json } = await client.redeem(code);
    const told = await client.userinfo(json.access_token);
    expect(told).toMatchObject({ status: 200, json: { name: "Alice Example" } });
  });

  it.each<[string, Changes, string]>([
    [
      "par-ensure-pkce-required",
      { code_challenge: undefined, code_challenge_method: undefined },
      "invalid_request",
    ],
    ["par-plain-pkce-rejected", { code_challenge_method: "plain" }, "invalid_request"],
    ["par-authorization-request-containing-request_uri", { request_uri: "urn:x" }, "invalid_request"],
    ["par-without-redirect-uri", { redirect_uri: undefined }, "invalid_request"],
    ["unregistered-redirect-uri", { redirect_uri: "https://evil.example/" }, "invalid_request"],
    ["response-type-code-idtoken", { response_type: "code id_token" }, "unsupported_response_type"],
    ["response-type-token", { response_type: "token" }, "unsupported_response_type"],
  ])("%s is refused when it is pushed", async (_, changes, error) => {
    expect(await client.push(changes)).toMatchObject({ status: 400, json: { error } });
  });

  it("reuse of a request_uri fails after completion, and not before", async () => {
    const reference = await client.pushed({ prompt: "consent" });
    await alice.authorize(reference);
    expect((await alice.agree(reference)).code).toBeDefined();
    expect(onPage(await alice.authorize(reference))).toEqual([400, undefined]);
  });

  it("another client's and an expired request_uri fail on a page", async () => {
    const reference = await client.pushed();
    const foreign = new URLSearchParams(reference);
    foreign.set("client_id", (await createFapiClient(gate)).id);
    expect(onPage(await alice.authorize(foreign))).toEqual([400, undefined]);
    gate.clock.advance(601_000);
    expect(onPage(await alice.authorize(reference))).toEqual([400, undefined]);
  });
});

describe("FAPI 2.0 Security Profile §5.3.2.1: sender constraint", () => {
  it("a code whose request was proved with one key is not redeemed with another", async () => {
    const { code } = await alice.agree(await client.pushed());
    const proofKeys = await makeKeys("ES256");
    const refused = await client.redeem(code, { proof: { keys: proofKeys } });
    expect(refused.status).toBe(400);
    expect(refused.json).not.toHaveProperty("access_token");
  });

  it("dpop_jkt of another key than that of the proof is refused when it is pushed", async () => {
    const { jkt } = await makeKeys("ES256");
    expect(await client.push({ dpop_jkt: jkt })).toMatchObject({ status: 400 });
    expect(await client.push({ dpop_jkt: client.dpopKeys.jkt })).toMatchObject({ status: 201 });
  });

  it("the code expires within 60 seconds", async () => {
    const { code } = await alice.agree(await client.pushed());
    gate.clock.advance(61_000);
    expect(await client.redeem(code)).toMatchObject({ status: 400, json: { error: "invalid_grant" } });
  });
});
