import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
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

let gate: AuthorizationGate;
let alice: Visitor;

beforeAll(async () => {
  gate = await openAuthorizationGate();
  alice = await gate.person();
});

afterAll(() => gate.close());

const without = { code_challenge: undefined, code_challenge_method: undefined };
const invalidGrant = { status: 400, json: { error: "invalid_grant" } };

/** Whether an access token is one, by the engine. */
async function isActive(token: unknown): Promise<boolean> {
  const { action } = await gate.services.authlete["auth/introspection"]({ token: String(token) });
  return action === "OK";
}

describe("RFC 9700 §2.1.1 and RFC 7636 §4: PKCE", () => {
  it("a code with a challenge takes its verifier and no other, and no answer but tokens for the right one", async () => {
    const { code } = await alice.agree(gate.request());
    for (const wrong of ["w".repeat(64), VERIFIER.slice(1), `${VERIFIER}v`, ""]) {
      expect(await gate.redeem(code, { code_verifier: wrong })).toMatchObject(invalidGrant);
    }
    expect(await gate.redeem(code)).toMatchObject({ status: 200 });
  });

  it("downgrade: a challenge that an attacker took away leaves a code that no verifier redeems", async () => {
    const { code } = await alice.agree(gate.request(without));
    const { status, json } = await gate.redeem(code);
    expect(status).toBe(400);
    expect(json).not.toHaveProperty("access_token");
  });

  it("downgrade: a verifier that an attacker took away redeems no code that has a challenge", async () => {
    const { code } = await alice.agree(gate.request());
    const form = { grant_type: "authorization_code", code: code ?? "", redirect_uri: CALLBACK };
    const refused = await gate.token(form);
    expect(refused).toMatchObject(invalidGrant);
    expect(refused.json).not.toHaveProperty("access_token");
    expect(await gate.redeem(code)).toMatchObject({ status: 200 });
  });

  it("injection: a code of one request is not redeemed with the verifier of another (§4.5.3.1)", async () => {
    const verifier = "x".repeat(64);
    const other = createHash("sha256").update(verifier).digest("base64url");
    const { code: stolen } = await alice.agree(gate.request({ nonce: "nonce-of-alice" }));
    const { code: own } = await alice.agree(gate.request({ code_challenge: other }));
    const injected = await gate.redeem(stolen, { code_verifier: verifier });
    expect(injected).toMatchObject(invalidGrant);
    expect(injected.json).not.toHaveProperty("access_token");
    expect(await gate.redeem(own, { code_verifier: verifier })).toMatchObject({ status: 200 });
    const { json } = await gate.redeem(stolen);
    expect(payloadOf(json.id_token).nonce).toBe("nonce-of-alice");
  });

  it("downgrade: the method plain is refused, by redirect", async () => {
    const answer = await alice.authorize(
      gate.request({ code_challenge_method: "plain", code_challenge: VERIFIER }),
    );
    expect(responseIn(answer)).toMatchObject({ error: "invalid_request", state: "state-1" });
    const unnamed = await alice.authorize(gate.request({ code_challenge_method: undefined }));
    expect(responseIn(unnamed)).toMatchObject({ error: "invalid_request", state: "state-1" });
  });

  it("a public client does without PKCE nowhere", async () => {
    const { id } = await gate.register({ clientType: "PUBLIC", tokenAuthMethod: "NONE" });
    const answer = await alice.authorize(gate.request({ client_id: id, ...without }));
    expect(responseIn(answer)).toMatchObject({ error: "invalid_request", state: "state-1" });
    expect((await alice.authorize(gate.request({ client_id: id }))).status).toBe(303);
  });
});

describe("RFC 9700 §4.4 and RFC 9207 §2: mix-up", () => {
  it("every response names its issuer: success, denial, and an error before anybody was asked", async () => {
    const handle = await alice.begin(gate.request({ prompt: "consent" }));
    const answers = [
      await alice.agree(gate.request()),
      responseIn(await alice.decide(handle, "deny")),
      responseIn(await gate.visitor().authorize(gate.request({ prompt: "none" }))),
      responseIn(await alice.authorize(gate.request({ claims: "x" }))),
    ];
    expect(answers.map(({ iss }) => iss)).toEqual(Array(4).fill(ORIGIN));
  });
});

describe("RFC 9700 §4.5: a code is of one client, one address and one use", () => {
  it("another client cannot redeem it, and has not spent it by trying", async () => {
    const other = await gate.register();
    const { code } = await alice.agree(gate.request());
    expect(await gate.redeem(code, {}, other)).toMatchObject(invalidGrant);
    expect(await gate.redeem(code)).toMatchObject({ status: 200 });
  });

  it("another address does not redeem it", async () => {
    const { code } = await alice.agree(gate.request());
    const elsewhere = { redirect_uri: "https://app.example/other" };
    expect(await gate.redeem(code, elsewhere)).toMatchObject(invalidGrant);
    expect(await gate.redeem(code)).toMatchObject({ status: 200 });
  });

  it("it expires within a minute", async () => {
    const { code } = await alice.agree(gate.request());
    gate.clock.advance(61_000);
    expect(await gate.redeem(code)).toMatchObject(invalidGrant);
  });

  it.each([0, 30])(
    "a second use after %i s is invalid_grant, and ends the token of the first",
    async (seconds) => {
      const { code } = await alice.agree(gate.request());
      const first = await gate.redeem(code);
      expect(await isActive(first.json.access_token)).toBe(true);
      gate.clock.advance(seconds * 1000);
      expect(await gate.redeem(code)).toMatchObject(invalidGrant);
      expect(await isActive(first.json.access_token)).toBe(false);
    },
  );
});

describe("RFC 9700 §4.14: refresh tokens", () => {
  it("one that is used twice ends its whole family", async () => {
    const { code } = await alice.agree(gate.request({ scope: "openid offline_access", prompt: "consent" }));
    const { json: first } = await gate.redeem(code);
    const refresh = (token: unknown) =>
      gate.token({ grant_type: "refresh_token", refresh_token: String(token) });
    const { json: second } = await refresh(first.refresh_token);
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect(await isActive(second.access_token)).toBe(true);
    gate.clock.advance(120_000);
    expect(await refresh(first.refresh_token)).toMatchObject(invalidGrant);
    expect(await isActive(second.access_token)).toBe(false);
    expect(await refresh(second.refresh_token)).toMatchObject(invalidGrant);
  });

  it("one belongs to its client", async () => {
    const other = await gate.register();
    const { code } = await alice.agree(gate.request());
    const { json } = await gate.redeem(code);
    const parameters = { grant_type: "refresh_token", refresh_token: String(json.refresh_token) };
    expect(await gate.token(parameters, other)).toMatchObject(invalidGrant);
    expect(await gate.token(parameters)).toMatchObject({ status: 200 });
  });
});
