import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type AuthorizationGate,
  openAuthorizationGate,
  payloadOf,
  responseIn,
  type Visitor,
} from "../support/authorization-gate.ts";
import { createFapiClient, type FapiClient, type Posted } from "../support/fapi-client.ts";
import { ORIGIN } from "../support/gate.ts";
import { type Keys, makeKeys, signJwt, unsigned } from "../support/jwt.ts";

/** What the conformance suite's plan for FAPI 2.0 Message Signing demands beyond the Security Profile, by the names of its modules. */

let gate: AuthorizationGate;
let alice: Visitor;
let client: FapiClient;
let rsa: Keys;

beforeAll(async () => {
  gate = await openAuthorizationGate();
  alice = await gate.person();
  rsa = await makeKeys("RS256", "rsa");
  client = await signingClient();
});
afterAll(() => gate.close());

/** A client whose requests have to be signed. */
const signingClient = () =>
  createFapiClient(gate, { fapiModes: ["FAPI2_SECURITY", "FAPI2_MESSAGE_SIGNING_AUTH_REQ"] }, [rsa.jwk]);

type Json = Record<string, unknown>;

function claimsOf({ id }: FapiClient, changes: Json = {}): Json {
  const seconds = Math.floor(gate.clock() / 1000);
  return {
    iss: id,
    aud: ORIGIN,
    nbf: seconds,
    exp: seconds + 300,
    ...Object.fromEntries(gate.request({ client_id: id, state: "inside" })),
    ...changes,
  };
}

const signed = (changes: Json = {}, at = client, { privateKey, alg, jwk }: Keys = at.keys) =>
  signJwt(privateKey, { header: { alg, kid: jwk.kid }, payload: claimsOf(at, changes) });

const seconds = (later: number) => Math.floor(gate.clock() / 1000) + later;

const push = (request: string) => client.pushObject(request);

async function isRefused(pushed: Posted, error = "invalid_request_object") {
  expect([pushed.status, pushed.json.error]).toEqual([400, error]);
  expect(pushed.json).not.toHaveProperty("request_uri");
  expect((await push(await signed())).status).toBe(201);
}

describe("FAPI 2.0 Message Signing §5.3.1: the request object", () => {
  it("happy-flow: what was signed is what counts, and leads to tokens", async () => {
    const { status, json } = await push(await signed());
    expect(status).toBe(201);
    const reference = new URLSearchParams({ client_id: client.id, request_uri: String(json.request_uri) });
    const { code, state } = await alice.agree(reference);
    expect(state).toBe("inside");
    expect((await client.redeem(code)).status).toBe(200);
  });

  it("ensure-request-object-with-multiple-aud-succeeds", async () => {
    expect((await push(await signed({ aud: [ORIGIN, "https://other.example"] }))).status).toBe(201);
  });

  it("ensure-request-object-with-nbf-8-seconds-in-the-future-is-accepted", async () => {
    expect((await push(await signed({ nbf: seconds(8), iat: seconds(8) }))).status).toBe(201);
    await isRefused(await push(await signed({ nbf: seconds(61) })));
  });

  it.each<[string, () => Json]>([
    ["ensure-request-object-without-exp-fails", () => ({ exp: undefined })],
    ["ensure-request-object-without-nbf-fails", () => ({ nbf: undefined })],
    ["ensure-expired-request-object-fails", () => ({ exp: seconds(-300), nbf: seconds(-600) })],
    ["ensure-request-object-with-bad-aud-fails", () => ({ aud: "https://other.example" })],
    ["ensure-request-object-with-exp-over-60-fails", () => ({ exp: seconds(70 * 60) })],
    ["ensure-request-object-with-nbf-over-60-fails", () => ({ nbf: seconds(-70 * 60) })],
    ["par-authorization-request-containing-request_uri", () => ({ request_uri: "urn:x" })],
    ["of another issuer", () => ({ iss: "https://evil.example" })],
  ])("%s", async (_, changes) => {
    await isRefused(await push(await signed(changes())));
  });

  it("ensure-signed-request-object-with-RS256-fails", async () => {
    await isRefused(await push(await signed({}, client, rsa)));
    const ps = { ...rsa, alg: "PS256" as const };
    expect((await push(await signed({}, client, ps))).status).toBe(201);
  });

  it("ensure-request-object-signature-algorithm-is-not-none", async () => {
    await isRefused(await push(unsigned({ alg: "none" }, claimsOf(client))));
  });

  it("ensure-request-object-with-invalid-signature-fails", async () => {
    const [header, payload, signature = ""] = (await signed()).split(".");
    const other = `${signature.startsWith("A") ? "B" : "A"}${signature.slice(1)}`;
    await isRefused(await push(`${header}.${payload}.${other}`));
  });

  it("ensure-matching-key-in-authorization-request: the key of another client signs nothing here", async () => {
    const other = await signingClient();
    await isRefused(await push(await signed({}, client, other.keys)));
  });

  it("ensure-unsigned-request-at-par-endpoint-fails", async () => {
    await isRefused(await client.push(), "invalid_request");
  });
});

describe("FAPI 2.0 Message Signing §5.4: the response", () => {
  it("is signed where the mode demands it (JARM), and names the issuer and the client", async () => {
    const signing = await createFapiClient(gate, {
      fapiModes: ["FAPI2_SECURITY", "FAPI2_MESSAGE_SIGNING_AUTH_RES"],
      authorizationSignAlg: "ES256",
    });
    const plain = await signing.push({});
    expect([plain.status, plain.json.error]).toEqual([400, "invalid_request"]);
    const response = await alice.agree(await signing.pushed({ response_mode: "jwt" }));
    expect(Object.keys(response)).toEqual(["response"]);
    const claims = payloadOf(response.response);
    expect(claims).toMatchObject({ iss: ORIGIN, state: "state-1", code: expect.any(String) });
    expect([claims.aud].flat()).toEqual([signing.id]);
    expect((await signing.redeem(String(claims.code))).status).toBe(200);
    const reference = await signing.pushed({ response_mode: "jwt", prompt: "none" });
    const refused = responseIn(await gate.visitor().authorize(reference));
    expect(payloadOf(refused.response)).toMatchObject({ error: "login_required" });
  });
});
