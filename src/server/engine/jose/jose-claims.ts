import type { EngineContext } from "../context.ts";
import { givenSeconds, givenTexts } from "../given.ts";
import type { CompactJws } from "./compact.ts";
import type { JoseDefectCode } from "./jose-defects.ts";
import { checkTimes, type TimeClaim, type TimeDefect } from "./times.ts";

/** What is wrong with a claim; without a name, with the payload. */
export type ClaimDefect = { code: JoseDefectCode; claim?: string };

/** What a call says about claims. As on the wire, any member may be anything. */
export type ClaimDemands = { mandatoryClaims?: unknown; clockSkew?: unknown };

/** Which of the mandatory claims a payload lacks. Names may come in one text, separated by spaces, as in a form body. */
export function missingClaims(
  { payload }: CompactJws,
  { mandatoryClaims }: ClaimDemands,
): readonly ClaimDefect[] {
  const wanted = givenTexts(mandatoryClaims).flatMap((names) => names.split(" ").filter(Boolean));
  if (wanted.length === 0) return [];
  if (!payload) return [{ code: "A160203" }];
  const missing = [...new Set(wanted)].filter((claim) => !Object.hasOwn(payload, claim));
  return missing.map((claim) => ({ code: "A160204", claim }));
}

const timeCodes: Record<TimeDefect, JoseDefectCode> = {
  exp_missing: "A160204",
  nbf_missing: "A160204",
  iat_missing: "A160204",
  exp_malformed: "A160205",
  nbf_malformed: "A160205",
  iat_malformed: "A160205",
  exp_passed: "A160206",
  iat_future: "A160207",
  nbf_future: "A160208",
};

const times: readonly TimeClaim[] = ["exp", "nbf", "iat"];

/** Which of the times in a payload are not right (RFC 7519 4.1), with the clock skew that the call allows: none unless it says so. */
export function invalidClaims(
  context: EngineContext,
  { payload = {} }: CompactJws,
  { clockSkew }: ClaimDemands,
): readonly ClaimDefect[] {
  const skewMs = (givenSeconds(clockSkew) ?? 0) * 1000;
  return times.flatMap((claim) => {
    const defect = checkTimes(context, { [claim]: payload[claim] }, { required: [], skewMs });
    return defect ? [{ code: timeCodes[defect], claim }] : [];
  });
}
