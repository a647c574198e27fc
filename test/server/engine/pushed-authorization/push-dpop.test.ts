import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ISSUER, summary, type TestEngine } from "../../../support/engine.ts";
import { type Keys, makeKeys, signJwt } from "../../../support/jwt.ts";
import { ENDPOINT, good, openPushEngine, push, pushed, stored } from "./pushed-flow.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await openPushEngine();
});
afterEach(() => test.close());

describe("a push with a DPoP proof", () => {
  let keys: Keys;
  beforeEach(async () => {
    keys = await makeKeys();
  });

  const proofOf = (claims: Record<string, unknown> = {}, header: object = {}) =>
    signJwt(keys.privateKey, {
      header: { alg: "ES256", typ: "dpop+jwt", jwk: keys.jwk, ...header },
      payload: { jti: randomUUID(), htm: "POST", htu: ENDPOINT, iat: test.clock() / 1000, ...claims },
    });

  it("binds the request to the key of the proof", async () => {
    const requestUri = await pushed(test, good, { dpop: await proofOf() });
    expect((await stored(test, requestUri))?.document.dpopJkt).toBe(keys.jkt);
    const named = await pushed(test, { ...good, dpop_jkt: keys.jkt }, { dpop: await proofOf() });
    expect((await stored(test, named))?.document.dpopJkt).toBe(keys.jkt);
  });

  it("names no other key", async () => {
    const other = (await makeKeys()).jkt;
    const answer = await push(test, { ...good, dpop_jkt: other }, { dpop: await proofOf() });
    expect(answer).toMatchObject({ action: "BAD_REQUEST", resultCode: "A254313" });
    expect(test.artifacts()).toBe(0);
  });

  it.each([
    ["A902308", "for another method", { htm: "GET" }, {}],
    ["A902308", "for another address", { htu: `${ISSUER}/token` }, {}],
    ["A902308", "of long ago", { iat: 1 }, {}],
    ["A902310", "without a key", {}, { jwk: undefined }],
  ])("is refused as %s if the proof is %s", async (code, _, claims, header) => {
    const answer = await push(test, good, { dpop: await proofOf(claims, header) });
    expect(summary(answer)).toEqual({ action: "BAD_REQUEST", code, error: "invalid_dpop_proof" });
    expect(test.artifacts()).toBe(0);
  });

  it("takes a proof once, of 64 at once too", async () => {
    const dpop = await proofOf();
    const answers = await Promise.all(Array.from({ length: 64 }, () => push(test, good, { dpop })));
    expect(answers.filter(({ action }) => action === "CREATED")).toHaveLength(1);
    expect(test.artifacts()).toBe(1);
  });

  it("wants the nonce that it gives out, and gives it with every answer", async () => {
    await test.setService({ dpopNonceRequired: true });
    const refused = await push(test, good, { dpop: await proofOf() });
    expect(summary(refused)).toEqual({ action: "BAD_REQUEST", code: "A350308", error: "use_dpop_nonce" });
    const nonce = (refused as { dpopNonce?: string }).dpopNonce;
    const answer = await push(test, good, { dpop: await proofOf({ nonce }) });
    expect(answer).toMatchObject({ action: "CREATED", dpopNonce: nonce });
    expect(await push(test, {})).toMatchObject({ resultCode: "A166301", dpopNonce: nonce });
  });

  it("wants a nonce if the call does", async () => {
    const answer = await push(test, good, { dpop: await proofOf(), dpopNonceRequired: true });
    expect(answer).toMatchObject({ resultCode: "A350308", dpopNonce: expect.any(String) });
  });
});
