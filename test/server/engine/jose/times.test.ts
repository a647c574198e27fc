import { describe, expect, it } from "vitest";
import { checkTimes } from "../../../../src/server/engine/jose/times.ts";
import { engineContext } from "../../../support/engine-context.ts";

const NOW = Date.UTC(2030, 0, 1);
const seconds = NOW / 1000;
const check = (
  payload: Record<string, unknown>,
  allowableClockSkew?: number,
  required: ("exp" | "nbf" | "iat")[] = [],
) =>
  checkTimes(engineContext(allowableClockSkew === undefined ? {} : { allowableClockSkew }), payload, {
    required,
  });

describe("the times of a JWT", () => {
  it.each([
    [{ exp: seconds + 1 }, undefined],
    [{ exp: seconds }, "exp_passed"],
    [{ exp: seconds - 1 }, "exp_passed"],
    [{ exp: seconds + 0.5 }, undefined],
    [{ nbf: seconds }, undefined],
    [{ nbf: seconds + 1 }, "nbf_future"],
    [{ iat: seconds }, undefined],
    [{ iat: seconds + 1 }, "iat_future"],
    [{ exp: seconds + 1, nbf: seconds - 1, iat: seconds - 1 }, undefined],
    [{}, undefined],
  ])("%o: %s", (payload, defect) => {
    expect(check(payload)).toBe(defect);
  });

  it("may be off by what the service allows, to the second", () => {
    expect(check({ exp: seconds - 29 }, 30)).toBeUndefined();
    expect(check({ exp: seconds - 30 }, 30)).toBe("exp_passed");
    expect(check({ nbf: seconds + 30 }, 30)).toBeUndefined();
    expect(check({ nbf: seconds + 31 }, 30)).toBe("nbf_future");
    expect(check({ iat: seconds + 30 }, 30)).toBeUndefined();
    expect(check({ iat: seconds + 31 }, 30)).toBe("iat_future");
    expect(check({ exp: seconds }, -30)).toBe("exp_passed");
    expect(check({ exp: seconds }, 0)).toBe("exp_passed");
  });

  it.each(["exp", "nbf", "iat"] as const)("%s has to be there where it is required", (claim) => {
    expect(check({}, undefined, [claim])).toBe(`${claim}_missing`);
  });

  it.each(["exp", "nbf", "iat"] as const)("%s has to be a number even where it is not required", (claim) => {
    for (const value of ["1", null, true, {}, [], Number.NaN]) {
      expect(check({ [claim]: value })).toBe(`${claim}_malformed`);
    }
  });
});
