import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { currentNonce, isLiveNonce } from "../../../../src/server/engine/dpop/nonce.ts";
import { dpopProof, type ProofOptions } from "../../../support/dpop-proof.ts";
import { basic, clients, openTestEngine, summary, type TestEngine } from "../../../support/engine.ts";
import { engineContext } from "../../../support/engine-context.ts";
import { type Keys, makeKeys } from "../../../support/jwt.ts";

const { backend } = clients;

let test: TestEngine;
let keys: Keys;
beforeAll(async () => {
  keys = await makeKeys();
});
beforeEach(async () => {
  test = await openTestEngine({ service: { dpopNonceRequired: true, dpopNonceDuration: 60 } });
});
afterEach(() => test.close());

async function ask(spoilt: Partial<ProofOptions> = {}, request: Record<string, unknown> = {}) {
  return test.engine["auth/token"]({
    parameters: "grant_type=client_credentials",
    ...basic(backend),
    dpop: await dpopProof(keys, { now: test.clock(), ...spoilt }),
    ...request,
  });
}

const nonceOf = (answer: object) => String((answer as { dpopNonce?: string }).dpopNonce);
const useNonce = { action: "BAD_REQUEST", code: "A254307", error: "use_dpop_nonce" };

describe("a nonce that proofs need", () => {
  it("is given with the refusal, and then it is good", async () => {
    const answer = await ask();
    expect(summary(answer)).toEqual(useNonce);
    expect(nonceOf(answer)).toMatch(/^[\w-]{43}$/);
    expect(test.issued()).toBe(0);
    expect(await ask({ nonce: nonceOf(answer) })).toMatchObject({ action: "OK", dpopNonce: nonceOf(answer) });
  });

  it("does not use up the proof that lacked it", async () => {
    const dpop = await dpopProof(keys, { now: test.clock() });
    expect(summary(await ask({}, { dpop }))).toEqual(useNonce);
    await test.setService({ dpopNonceRequired: false });
    expect(await ask({}, { dpop })).toMatchObject({ action: "OK" });
  });

  it("comes with every answer, whatever it says", async () => {
    const expected = { dpopNonce: nonceOf(await ask()) };
    const call = (request: Record<string, unknown>) => test.engine["auth/token"](request);
    expect(await call({})).toMatchObject({ action: "INTERNAL_SERVER_ERROR", ...expected });
    expect(await call({ parameters: "grant_type=x" })).toMatchObject({ action: "BAD_REQUEST", ...expected });
    expect(await call({ parameters: "grant_type=password", clientId: backend.id })).toMatchObject({
      action: "INVALID_CLIENT",
      ...expected,
    });
    const parameters = "grant_type=password&username=a&password=b";
    expect(await call({ parameters, ...basic(backend) })).toMatchObject({ action: "PASSWORD", ...expected });
    expect(await call({ parameters: "grant_type=client_credentials", ...basic(backend) })).toMatchObject({
      action: "OK",
      ...expected,
    });
  });

  it("is demanded for one call too", async () => {
    await test.setService({ dpopNonceRequired: false });
    expect(await ask()).not.toHaveProperty("dpopNonce");
    expect(await ask({}, { dpopNonceRequired: false })).toMatchObject({ action: "OK" });
    const answer = await ask({}, { dpopNonceRequired: true });
    expect(summary(answer)).toEqual(useNonce);
    expect(await ask({ nonce: nonceOf(answer) }, { dpopNonceRequired: true })).toMatchObject({
      action: "OK",
    });
  });

  it.each([undefined, "", "x", 5, null, ["x"], {}])("is not %j", async (nonce) => {
    expect(summary(await ask({ claims: { nonce } }))).toEqual(useNonce);
  });

  it("changes with time, and is good while it is given out and as long again", async () => {
    const first = nonceOf(await ask());
    test.clock.advance(59_999);
    expect(nonceOf(await ask())).toBe(first);
    test.clock.advance(1);
    const second = nonceOf(await ask());
    expect(second).not.toBe(first);
    expect(await ask({ nonce: first })).toMatchObject({ action: "OK", dpopNonce: second });
    test.clock.advance(59_999);
    expect(await ask({ nonce: first })).toMatchObject({ action: "OK" });
    test.clock.advance(1);
    expect(summary(await ask({ nonce: first }))).toEqual(useNonce);
    expect(await ask({ nonce: second })).toMatchObject({ action: "OK" });
  });

  it("may be used for many proofs", async () => {
    const nonce = nonceOf(await ask());
    expect(await ask({ nonce })).toMatchObject({ action: "OK" });
    expect(await ask({ nonce })).toMatchObject({ action: "OK" });
  });
});

describe("nonces", () => {
  const at = Date.UTC(2030, 0, 1);
  const context = (change: Parameters<typeof engineContext>[1] = {}) => engineContext({}, { at, ...change });

  it("are the same for all instances that share the key, and for no others", () => {
    const nonce = currentNonce(context());
    expect(isLiveNonce(context(), nonce)).toBe(true);
    expect(isLiveNonce(context({ nonceKey: new Uint8Array(32) }), nonce)).toBe(false);
    expect(isLiveNonce(context({ serviceId: "1002" }), nonce)).toBe(false);
  });

  it("live for five minutes when the service does not say", () => {
    const nonce = currentNonce(context());
    expect(isLiveNonce(context({ at: at + 599_999 }), nonce)).toBe(true);
    expect(isLiveNonce(context({ at: at + 600_000 }), nonce)).toBe(false);
    expect(isLiveNonce(context({ at: at - 1 }), nonce)).toBe(false);
  });

  it.each([0, -5, null])("live for five minutes when the service says %j", (dpopNonceDuration) => {
    const service = { dpopNonceDuration: dpopNonceDuration as number };
    expect(currentNonce(engineContext(service, { at }))).toBe(currentNonce(context()));
  });
});
