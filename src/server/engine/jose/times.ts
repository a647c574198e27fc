import type { EngineContext } from "../context.ts";

/** Claims of a JWT that are seconds since the epoch (RFC 7519 4.1). */
export type TimeClaim = "exp" | "nbf" | "iat";

/** What is wrong with a time: it is not there although it has to be, is no number, or it is over, or has not come yet. */
export type TimeDefect =
  | `${TimeClaim}_${"missing" | "malformed"}`
  | "exp_passed"
  | "nbf_future"
  | "iat_future";

/** The clock skew that the service allows, in milliseconds. */
export function clockSkewMs({ service }: Pick<EngineContext, "service">): number {
  const seconds = service.allowableClockSkew;
  return typeof seconds === "number" && seconds > 0 ? seconds * 1000 : 0;
}

/**
 * Checks the times of a JWT with the clock skew that the service allows. A claim that is there has to be right even if it is
 * not required.
 *
 * @param options.skewMs how far clocks may be apart, in milliseconds.
 * @param options.aheadMs how far `nbf` and `iat` may be in the future, in milliseconds: the skew unless given.
 * @returns the first thing that is wrong, or `undefined`.
 */
export function checkTimes(
  context: EngineContext,
  payload: Record<string, unknown>,
  {
    required,
    skewMs = clockSkewMs(context),
    aheadMs = skewMs,
  }: { required: readonly TimeClaim[]; skewMs?: number; aheadMs?: number },
): TimeDefect | undefined {
  for (const claim of ["exp", "nbf", "iat"] as const) {
    const value = payload[claim];
    if (value === undefined) {
      if (required.includes(claim)) return `${claim}_missing`;
    } else if (typeof value !== "number" || !Number.isFinite(value)) {
      return `${claim}_malformed`;
    } else {
      const defect = judged(claim, value * 1000, { now: context.now, skewMs, aheadMs });
      if (defect) return defect;
    }
  }
  return undefined;
}

/** A JWT ends at its `exp`, not after it. */
function judged(
  claim: TimeClaim,
  at: number,
  { now, skewMs, aheadMs }: { now: number; skewMs: number; aheadMs: number },
) {
  if (claim === "exp") return now - skewMs >= at ? "exp_passed" : undefined;
  return at > now + aheadMs ? (`${claim}_future` as const) : undefined;
}
