import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { summary, type TestEngine } from "../../../support/engine.ts";
import {
  type CodeOptions,
  challenge,
  freshCode,
  openGrantEngine,
  redeem,
  verifier,
  web,
} from "../../../support/grants.ts";
import { type Call, expectRefused, grantError, requestError } from "./redemption.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await openGrantEngine();
});
afterEach(() => test.close());

describe("proof key for code exchange", () => {
  const withVerifier = (code_verifier: string | readonly string[]) => ({ parameters: { code_verifier } });
  const s256: CodeOptions = { request: { codeChallenge: challenge, codeChallengeMethod: "S256" } };
  const plain: CodeOptions = { request: { codeChallenge: verifier } };

  it.each<[string, CodeOptions]>([
    ["S256", s256],
    ["plain", plain],
    ["plain, by name", { request: { codeChallenge: verifier, codeChallengeMethod: "plain" } }],
  ])("%s: the right verifier redeems, every other is refused", async (_, options) => {
    const right = withVerifier(verifier);
    const refusals: [Call, object][] = [
      [{}, grantError("A050312")],
      [withVerifier(""), grantError("A050313")],
      [withVerifier([verifier, verifier]), requestError("A050314")],
      [withVerifier(`${verifier}x`), grantError("A050315")],
      [withVerifier(verifier.slice(0, 42)), grantError("A050316")],
      [withVerifier("x".repeat(129)), grantError("A050316")],
      [withVerifier(`${verifier.slice(1)}+`), grantError("A050316")],
    ];
    for (const [call, expected] of refusals) {
      await expectRefused(test, await freshCode(test, options), { call, expected, right });
    }
  });

  it("the challenge is no verifier of S256", async () => {
    await expectRefused(test, await freshCode(test, s256), {
      call: withVerifier(challenge),
      expected: grantError("A050315"),
      right: withVerifier(verifier),
    });
  });

  it.each(["pkceRequired", "pkceS256Required"] as const)("counts as it is set now: %s", async (flag) => {
    for (const set of [
      (value: boolean) => test.setService({ [flag]: value }),
      (value: boolean) => test.setClient(web.id, { [flag]: value }),
    ]) {
      const code = await freshCode(test, flag === "pkceRequired" ? {} : plain);
      const call = flag === "pkceRequired" ? {} : withVerifier(verifier);
      await set(true);
      const number = flag === "pkceRequired" ? "A050312" : "A050315";
      expect(summary(await redeem(test, code, call))).toEqual(grantError(number));
      expect((await redeem(test, await freshCode(test, s256), withVerifier(verifier))).action).toBe("OK");
      await set(false);
      expect((await redeem(test, code, call)).action).toBe("OK");
    }
  });
});
