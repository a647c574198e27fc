import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { issued, summary, type TestEngine } from "../../../support/engine.ts";
import {
  challenge,
  freshCode,
  isAlive,
  openGrantEngine,
  other,
  redeem,
  refreshWith,
  verifier,
} from "../../../support/grants.ts";
import { grantError } from "./redemption.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await openGrantEngine();
});
afterEach(() => test.close());

describe("a code that comes a second time", () => {
  it("is refused, and what it produced is revoked", async () => {
    const code = await freshCode(test);
    const first = issued(await redeem(test, code));
    expect(await isAlive(test, first.accessToken)).toBe(true);
    expect(summary(await redeem(test, code))).toEqual(grantError("A050305"));
    expect(await isAlive(test, first.accessToken)).toBe(false);
    expect(summary(await refreshWith(test, first.refreshToken))).toEqual(grantError("A053305"));
    expect(summary(await redeem(test, code))).toEqual(grantError("A050305"));
  });

  it("revokes refreshed tokens too, and no others", async () => {
    const code = await freshCode(test);
    const first = issued(await redeem(test, code));
    const refreshed = issued(await refreshWith(test, first.refreshToken));
    const unrelated = issued(await redeem(test, await freshCode(test)));
    await redeem(test, code);
    expect(await isAlive(test, refreshed.accessToken)).toBe(false);
    expect(await isAlive(test, unrelated.accessToken)).toBe(true);
  });

  it("revokes even when it would have expired by now", async () => {
    const code = await freshCode(test);
    const first = issued(await redeem(test, code));
    test.clock.advance(600_000);
    expect(summary(await redeem(test, code))).toEqual(grantError("A050305"));
    expect(await isAlive(test, first.accessToken)).toBe(false);
  });

  it("from somebody who could not have redeemed it revokes nothing", async () => {
    const code = await freshCode(test, {
      request: { codeChallenge: challenge, codeChallengeMethod: "S256" },
    });
    const first = issued(await redeem(test, code, { parameters: { code_verifier: verifier } }));
    expect(summary(await redeem(test, code))).toEqual(grantError("A050312"));
    expect(summary(await redeem(test, code, { client: other }))).toEqual(grantError("A050307"));
    expect(await isAlive(test, first.accessToken)).toBe(true);
  });
});
