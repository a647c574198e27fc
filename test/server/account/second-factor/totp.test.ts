import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  hotp,
  newTotpSecret,
  stepAt,
  stepOfCode,
} from "../../../../src/server/account/second-factor/totp.ts";

/** The secret of both specifications' test values. */
const secret = Buffer.from("12345678901234567890");
const never = { lastStep: -1 };
const NOW = Date.UTC(2026, 0, 1, 12, 0, 10);

describe("RFC 4226, appendix D", () => {
  it.each([
    "755224",
    "287082",
    "359152",
    "969429",
    "338314",
    "254676",
    "287922",
    "162583",
    "399871",
    "520489",
  ])("the code of a counter is the one in the table: %s", (code) => {
    const codes = Array.from({ length: 10 }, (_, counter) => hotp(secret, counter));
    expect(codes).toContain(code);
    expect(codes.indexOf(code)).toBe(codes.lastIndexOf(code));
  });

  it("counts from 0", () => {
    expect([hotp(secret, 0), hotp(secret, 9)]).toEqual(["755224", "520489"]);
  });
});

describe("RFC 6238, appendix B", () => {
  it.each([
    [59, "94287082"],
    [1_111_111_109, "07081804"],
    [1_111_111_111, "14050471"],
    [1_234_567_890, "89005924"],
    [2_000_000_000, "69279037"],
    [20_000_000_000, "65353130"],
  ])("the code at second %i is %s", (second, code) => {
    expect(hotp(secret, stepAt(second * 1000), 8)).toBe(code);
    expect(stepOfCode(secret, code.slice(2), { now: second * 1000, ...never })).toBe(stepAt(second * 1000));
  });
});

describe("the code of a moment", () => {
  it.each([-1, 0, 1])("is good %i steps away", (distance) => {
    const step = stepAt(NOW) + distance;
    expect(stepOfCode(secret, hotp(secret, step), { now: NOW, ...never })).toBe(step);
  });

  it.each([-2, 2])("is not good %i steps away", (distance) => {
    expect(stepOfCode(secret, hotp(secret, stepAt(NOW) + distance), { now: NOW, ...never })).toBeUndefined();
  });

  it("is good until its step was used, or a later one", () => {
    const step = stepAt(NOW);
    const code = hotp(secret, step);
    expect(stepOfCode(secret, code, { now: NOW, lastStep: step - 1 })).toBe(step);
    expect(stepOfCode(secret, code, { now: NOW, lastStep: step })).toBeUndefined();
    expect(stepOfCode(secret, code, { now: NOW, lastStep: step + 1 })).toBeUndefined();
  });

  it("is a text of six digits, of any secret at any time, and good then only", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 16, maxLength: 64 }),
        fc.integer({ min: 60_000, max: 8_640_000_000_000_000 }),
        (key, now) => {
          const code = hotp(key, stepAt(now));
          expect(code).toMatch(/^\d{6}$/);
          const step = stepOfCode(key, code, { now, ...never });
          expect(Math.abs((step ?? Number.NaN) - stepAt(now))).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  it("is nothing that is no code", () => {
    for (const text of ["", "75522", "7552240", "abcdef", " 755224"])
      expect(stepOfCode(secret, text, { now: 0, ...never })).toBeUndefined();
    expect(stepOfCode(secret, "755224", { now: 0, ...never })).toBe(0);
  });
});

it("a new secret has 160 bits of the generator", () => {
  const asked: number[] = [];
  const made = newTotpSecret((bytes) => {
    asked.push(bytes);
    return randomBytes(bytes);
  });
  expect(asked).toEqual([20]);
  expect(made).toHaveLength(20);
});
