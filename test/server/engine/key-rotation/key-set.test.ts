import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { phasedKeys } from "../../../../src/server/engine/key-rotation/key-set.ts";
import type { SigningKey } from "../../../../src/server/engine/records.ts";

const key = (alg: SigningKey["alg"], generation: number, activeAt: number): SigningKey => ({
  serviceId: "1",
  alg,
  generation,
  kid: `${alg}-${generation}`,
  jwk: "{}",
  createdAt: 0,
  activeAt,
});

const phasesAt = (keys: SigningKey[], now: number) =>
  phasedKeys(keys, now).map(({ key: { kid }, phase, retiredAt }) => [kid, phase, retiredAt]);

describe("the phases of signing keys", () => {
  const keys = [key("ES256", 0, 100), key("ES256", 1, 200), key("RS256", 0, 100)];

  it.each([
    [
      199,
      [
        ["ES256-1", "upcoming", undefined],
        ["ES256-0", "current", undefined],
      ],
    ],
    [
      200,
      [
        ["ES256-1", "current", undefined],
        ["ES256-0", "retired", 200],
      ],
    ],
  ])("change at the moment that a key becomes active: %i", (now, expected) => {
    expect(phasesAt(keys, now)).toEqual([...expected, ["RS256-0", "current", undefined]]);
  });

  it("give every algorithm with an active key exactly one current key, at every moment", () => {
    const generations = fc.array(fc.record({ alg: fc.constantFrom("ES256", "EdDSA"), activeAt: fc.nat(50) }));
    fc.assert(
      fc.property(generations, fc.nat(60), (specifications, now) => {
        const all = specifications.map(({ alg, activeAt }, index) =>
          key(alg as SigningKey["alg"], index, activeAt),
        );
        const phased = phasedKeys(all, now);
        expect(new Set(phased.map((entry) => entry.key))).toEqual(new Set(all));
        expect(phased).toHaveLength(all.length);
        for (const alg of ["ES256", "EdDSA"]) {
          const own = phased.filter((entry) => entry.key.alg === alg);
          const isActive = own.some((entry) => entry.key.activeAt <= now);
          expect(own.filter(({ phase }) => phase === "current")).toHaveLength(isActive ? 1 : 0);
        }
        for (const { phase, retiredAt } of phased) expect(retiredAt !== undefined).toBe(phase === "retired");
      }),
    );
  });
});
