import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  type AuthorizationGate,
  handleOf,
  openAuthorizationGate,
  responseIn,
  type Visitor,
} from "../support/authorization-gate.ts";
import { ORIGIN } from "../support/gate.ts";

let gate: AuthorizationGate;
let alice: Visitor;

beforeAll(async () => {
  gate = await openAuthorizationGate();
});

beforeEach(async () => {
  alice = await gate.person();
});

afterAll(() => gate.close());

/** Pushes a request; gives the parameters that lead to it. */
async function push(changes: Record<string, string | undefined> = {}): Promise<URLSearchParams> {
  const { status, json } = await gate.push(gate.request(changes));
  if (status !== 201) throw new Error(`not pushed: ${status} ${JSON.stringify(json)}`);
  return new URLSearchParams({ client_id: gate.clientId, request_uri: String(json.request_uri) });
}

describe("RFC 9126 §4: a pushed request is used once, when it is completed", () => {
  it("client_id and request_uri alone lead to a code", async () => {
    expect(await alice.agree(await push())).toMatchObject({
      code: expect.any(String),
      iss: ORIGIN,
      state: "state-1",
    });
  });

  it("it may be opened twice before it is completed, and completed once", async () => {
    const reference = await push({ prompt: "consent" });
    const first = handleOf(await alice.authorize(reference));
    const second = handleOf(await alice.authorize(reference));
    expect(responseIn(await alice.decide(second, "allow")).code).toBeDefined();
    const late = await alice.decide(first, "allow");
    expect([late.status, late.target]).toEqual([400, undefined]);
    const again = await alice.authorize(reference);
    expect([again.status, again.target]).toEqual([400, undefined]);
    expect(again.text).toContain("invalid_request_uri");
    expect(again.text).toContain("This link has done its work.");
  });

  it("only what was pushed counts: a state or scope beside the reference is ignored", async () => {
    const reference = await push({ state: undefined });
    reference.set("state", "outside");
    reference.set("scope", "openid email");
    reference.set("redirect_uri", "https://evil.example/");
    const response = await alice.agree(reference);
    expect(response).not.toHaveProperty("state");
    const { json } = await gate.redeem(response.code);
    expect(json.scope).toBe("openid profile");
  });

  it("another client cannot use it", async () => {
    const reference = await push();
    reference.set("client_id", (await gate.register()).id);
    const answer = await alice.authorize(reference);
    expect([answer.status, answer.target]).toEqual([400, undefined]);
  });

  it("it expires", async () => {
    const reference = await push();
    gate.clock.advance(601_000);
    const answer = await alice.authorize(reference);
    expect([answer.status, answer.target]).toEqual([400, undefined]);
    expect(answer.text).toContain("This link has done its work.");
  });

  it("another wrong reference is explained as a fault of the application", async () => {
    const elsewhere = new URLSearchParams({
      client_id: gate.clientId,
      request_uri: "https://app.example/request.jwt",
    });
    const answer = await alice.authorize(elsewhere);
    expect(answer.status).toBe(400);
    expect(answer.text).not.toContain("This link has done its work.");
  });

  it("max_age=0 that was pushed asks for a fresh sign-in, or is refused where nobody may be asked", async () => {
    gate.clock.advance(10_000);
    const handle = await alice.begin(await push({ max_age: "0" }));
    expect((await alice.resume(handle)).target?.pathname).toBe("/login");
    const silent = await alice.authorize(await push({ max_age: "0", prompt: "none" }));
    expect(responseIn(silent).error).toBe("login_required");
  });

  it("a public client pushes no request without PKCE (RFC 9700 §2.1.1)", async () => {
    const { id } = await gate.register({ clientType: "PUBLIC", tokenAuthMethod: "NONE" });
    const parameters = gate.request({
      client_id: id,
      code_challenge: undefined,
      code_challenge_method: undefined,
    });
    expect(await gate.push(parameters, null)).toMatchObject({
      status: 400,
      json: { error: "invalid_request" },
    });
    expect(await gate.push(gate.request({ client_id: id }), null)).toMatchObject({ status: 201 });
  });
});
