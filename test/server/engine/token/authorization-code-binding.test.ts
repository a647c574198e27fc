import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { hashOf } from "../../../../src/server/secret/hash.ts";
import { dpopProof } from "../../../support/dpop-proof.ts";
import { issued, oauthError, summary, type TestEngine } from "../../../support/engine.ts";
import { freshCode, native, openGrantEngine, redeem, refreshWith } from "../../../support/grants.ts";
import { type Keys, makeKeys } from "../../../support/jwt.ts";
import { grantError } from "./redemption.ts";

let test: TestEngine;
let keys: Keys;
let others: Keys;
beforeAll(async () => {
  [keys, others] = await Promise.all([makeKeys(), makeKeys()]);
});
beforeEach(async () => {
  test = await openGrantEngine();
});
afterEach(() => test.close());

const proof = async (own: Keys, nonce?: string) => ({
  dpop: await dpopProof(own, { now: test.clock(), ...(nonce === undefined ? {} : { nonce }) }),
});
const detailsOf = async (accessToken: unknown) =>
  (await test.store.engine.read.findByAccessToken("1001", hashOf(String(accessToken))))?.details;

describe("an authorization code that was asked for with a DPoP key", () => {
  it("is for the holder of that key only", async () => {
    const code = await freshCode(test, { request: { dpopJkt: keys.jkt } });
    expect(summary(await redeem(test, code))).toEqual(grantError("A901301"));
    expect(summary(await redeem(test, code, await proof(others)))).toEqual(grantError("A901301"));
    expect(test.issued()).toBe(0);
    const answer = issued(await redeem(test, code, await proof(keys)));
    expect(JSON.parse(answer.responseContent).token_type).toBe("DPoP");
    expect(await detailsOf(answer.accessToken)).toEqual({ confirmation: { jkt: keys.jkt } });
  });

  it("survives the demand for a nonce", async () => {
    await test.setService({ dpopNonceRequired: true });
    const code = await freshCode(test, { request: { dpopJkt: keys.jkt } });
    const demand = await redeem(test, code, await proof(keys));
    expect(oauthError(demand).error).toBe("use_dpop_nonce");
    const { dpopNonce } = demand as { dpopNonce?: string };
    expect((await redeem(test, code, await proof(keys, dpopNonce))).action).toBe("OK");
  });
});

describe("the tokens of a code", () => {
  it("of a public client are bound to the key of the redemption, refresh token and all", async () => {
    const code = await freshCode(test, { grant: { clientId: Number(native.id) } });
    const answer = issued(await redeem(test, code, { client: native, ...(await proof(keys)) }));
    const details = { confirmation: { jkt: keys.jkt }, refreshTokenJkt: keys.jkt };
    expect(await detailsOf(answer.accessToken)).toEqual(details);
    const refresh = async (own: Keys) =>
      refreshWith(test, answer.refreshToken, { client: native, ...(await proof(own)) });
    expect(summary(await refresh(others))).toEqual(grantError("A053311"));
    expect(await detailsOf(issued(await refresh(keys)).accessToken)).toMatchObject(details);
  });
});
