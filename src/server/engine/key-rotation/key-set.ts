import type { SigningKey } from "../records.ts";

/**
 * What a key does at a moment: an `upcoming` one is published so that everybody knows it before it signs, the `current` one
 * signs, a `retired` one is published for what it has signed.
 */
export type KeyPhase = "upcoming" | "current" | "retired";

/** A key with its phase and, if it is retired, since when (milliseconds since the epoch). */
export type PhasedKey = { key: SigningKey; phase: KeyPhase; retiredAt: number | undefined };

/**
 * The phases of keys at a moment. Of the keys of one algorithm the newest that is active is current.
 *
 * @param keys in any order.
 * @param now milliseconds since the epoch.
 */
export function phasedKeys(keys: readonly SigningKey[], now: number): PhasedKey[] {
  return keys.toSorted(byAlgorithmAndGeneration).map((key) => {
    const successor = keys.find(({ alg, generation, activeAt }) => {
      return alg === key.alg && generation > key.generation && activeAt <= now;
    });
    if (key.activeAt > now) return { key, phase: "upcoming", retiredAt: undefined };
    if (!successor) return { key, phase: "current", retiredAt: undefined };
    return { key, phase: "retired", retiredAt: retirementOf(key, keys) };
  });
}

/** A key retires when the next one of its algorithm becomes active. */
function retirementOf(key: SigningKey, keys: readonly SigningKey[]): number {
  const later = keys.filter(({ alg, generation }) => alg === key.alg && generation > key.generation);
  return Math.min(...later.map(({ activeAt }) => activeAt));
}

function byAlgorithmAndGeneration(left: SigningKey, right: SigningKey): number {
  if (left.alg !== right.alg) return left.alg < right.alg ? -1 : 1;
  return right.generation - left.generation;
}
