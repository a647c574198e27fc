import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type Answer,
  type AuthorizationGate,
  openAuthorizationGate,
  responseIn,
  type Visitor,
} from "../support/authorization-gate.ts";
import { assertionParameters, clientAssertion } from "../support/client-assertion.ts";
import { dpopProof } from "../support/dpop-proof.ts";
import { ORIGIN } from "../support/gate.ts";
import { jwkSet, type Keys, makeKeys } from "../support/jwt.ts";

/**
 * What the conformance suite's plan for the FAPI 2.0 Security Profile demands of the authorization request, by the names of its modules:
 * everything is pushed by a client that has proved who it is, and tokens are bound to a key.
 */

let gate: AuthorizationGate;
let alice: Visitor;
let keys: Keys;
let dpopKeys: Keys;
let client: string;

beforeAll(async () => {
  gate = await openAuthorizationGate();
  alice = await gate.person();
  [keys, dpopKeys] = await Promise.all([makeKeys("ES256", "key-1"), makeKeys("ES256")]);
  client = await fapiClient();
});

afterAll(() => gate.close());

async function fapiClient(): Promise<string> {
  const { id } = await gate.register({
    tokenAuthMethod: "PRIVATE_KEY_JWT",
    tokenAuthSignAlg: "ES256",
    jwks: jwkSet({ ...keys.jwk, use: "sig", alg: "ES256" }),
    fapiModes: ["FAPI2_SECURITY"],
    dpopRequired: true,
  });
  return id;
}

type Posted = { status: number; json: Record<string, unknown> };

async function post(
  path: string,
  parameters: URLSearchParams,
  { proofKeys = dpopKeys, clientId = client } = {},
) {
  const now = gate.clock();
  const assertion = await clientAssertion({
    clientId,
    key: keys.privateKey,
    header: { alg: "ES256", kid: "key-1" },
    claims: { aud: ORIGIN },
    now,
  });
  const body = new URLSearchParams([...parameters, ...Object.entries(assertionParameters(assertion))]);
  body.set("client_id", clientId);
  const proof = await dpopProof(proofKeys, { now, claims: { htu: `${ORIGIN}${path}` } });
  const { status, text } = await gate.send(
    new Request(`${ORIGIN}${path}`, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded", dpop: proof },
      body: body.toString(),
    }),
  );
  return { status, json: JSON.parse(text) } as Posted;
}

const push = (changes: Record<string, string | undefined> = {}) =>
  post("/oauth/par", gate.request({ client_id: client, ...changes }));

async function pushed(changes: Record<string, string | undefined> = {}): Promise<URLSearchParams> {
  const { status, json } = await push(changes);
  if (status !== 201) throw new Error(`not pushed: ${status} ${JSON.stringify(json)}`);
  return new URLSearchParams({ client_id: client, request_uri: String(json.request_uri) });
}

const redeem = (code: string | undefined, options: Parameters<typeof post>[2] = {}) =>
  post(
    "/oauth/token",
    new URLSearchParams({
      grant_type: "authorization_code",
      code: code ?? "",
      redirect_uri: "https://app.example/callback",
      code_verifier: "v".repeat(64),
    }),
    options,
  );

const onPage = ({ status, target }: Answer) => [status, target];

describe("FAPI 2.0 Security Profile §5.3.2.2: the authorization request", () => {
  it("happy-flow: pushed with a proof, agreed to, redeemed with the same key", async () => {
    const response = await alice.agree(await pushed());
    expect(response).toMatchObject({ state: "state-1", iss: ORIGIN });
    const { status, json } = await redeem(response.code);
    expect({ status, json }).toMatchObject({ status: 200, json: { token_type: "DPoP" } });
  });

  it("user-rejects-authentication: access_denied comes back by redirect with state", async () => {
    const handle = await alice.begin(await pushed({ prompt: "consent" }));
    const response = responseIn(await alice.decide(handle, "deny"));
    expect(response).toMatchObject({ error: "access_denied", state: "state-1", iss: ORIGIN });
  });

  it("unsigned-request-without-using-par-fails", async () => {
    const answer = await alice.authorize(gate.request({ client_id: client }));
    expect(answer.target?.searchParams.get("code") ?? null).toBeNull();
    expect(answer.status === 400 || responseIn(answer).error === "invalid_request").toBe(true);
  });

  it.each<[string, Record<string, string | undefined>]>([
    ["without-state", { state: undefined }],
    ["without-nonce", { nonce: undefined }],
    ["64-char-nonce", { nonce: "n".repeat(64), state: "s".repeat(64) }],
    ["long-nonce", { nonce: "n".repeat(384) }],
    ["long-state", { state: "s".repeat(384) }],
    ["other-scope-order", { scope: "profile openid" }],
  ])("%s succeeds", async (_, changes) => {
    const response = await alice.agree(await pushed(changes));
    expect(response.state).toBe("state" in changes ? changes.state : "state-1");
    expect((await redeem(response.code)).status).toBe(200);
  });

  it("different-state-inside-and-outside: only what was pushed counts", async () => {
    const reference = await pushed();
    reference.set("state", "outside");
    reference.set("nonce", "outside");
    expect((await alice.agree(reference)).state).toBe("state-1");
  });

  it.each<[string, Record<string, string | undefined>, string]>([
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
    expect(await push(changes)).toMatchObject({ status: 400, json: { error } });
  });

  it("reuse of a request_uri fails after completion, and not before", async () => {
    const reference = await pushed({ prompt: "consent" });
    await alice.authorize(reference);
    expect((await alice.agree(reference)).code).toBeDefined();
    expect(onPage(await alice.authorize(reference))).toEqual([400, undefined]);
  });

  it("another client's and an expired request_uri fail on a page", async () => {
    const reference = await pushed();
    const foreign = new URLSearchParams(reference);
    foreign.set("client_id", await fapiClient());
    expect(onPage(await alice.authorize(foreign))).toEqual([400, undefined]);
    gate.clock.advance(601_000);
    expect(onPage(await alice.authorize(reference))).toEqual([400, undefined]);
  });
});

describe("FAPI 2.0 Security Profile §5.3.2.1: sender constraint", () => {
  it("a code whose request was proved with one key is not redeemed with another", async () => {
    const { code } = await alice.agree(await pushed());
    const proofKeys = await makeKeys("ES256");
    const refused = await redeem(code, { proofKeys });
    expect(refused.status).toBe(400);
    expect(refused.json).not.toHaveProperty("access_token");
  });

  it("dpop_jkt of another key than that of the proof is refused when it is pushed", async () => {
    const { jkt } = await makeKeys("ES256");
    expect(await push({ dpop_jkt: jkt })).toMatchObject({ status: 400 });
    expect(await push({ dpop_jkt: dpopKeys.jkt })).toMatchObject({ status: 201 });
  });

  it("the code expires within 60 seconds", async () => {
    const { code } = await alice.agree(await pushed());
    gate.clock.advance(61_000);
    expect(await redeem(code)).toMatchObject({ status: 400, json: { error: "invalid_grant" } });
  });
});
