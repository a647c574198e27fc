import type { DecisionOutcome } from "../device/device-grant.ts";
import { givenNonEmptyText } from "../given.ts";
import { type RefusalCode, refuse } from "../refusal.ts";

/** Characters of the two texts at most. */
const LONGEST_DESCRIPTION = 1000;
const LONGEST_URI = 2000;

/** The codes for a description that is too long, and for a URI that is too long or has other characters than ASCII. */
export type RefusedDecisionCodes = readonly [
  descriptionTooLong: RefusalCode,
  uriTooLong: RefusalCode,
  uriNotAscii: RefusalCode,
];

/** What becomes of a request that the user refused, or that came to nothing: what the client will be told. */
export function readRefusedDecision(
  result: "ACCESS_DENIED" | "TRANSACTION_FAILED",
  texts: { errorDescription?: unknown; errorUri?: unknown },
  codes: RefusedDecisionCodes,
): DecisionOutcome {
  const errorDescription = givenNonEmptyText(texts.errorDescription);
  const errorUri = givenNonEmptyText(texts.errorUri);
  if (errorDescription !== undefined && errorDescription.length > LONGEST_DESCRIPTION) refuse(codes[0]);
  if (errorUri !== undefined && errorUri.length > LONGEST_URI) refuse(codes[1]);
  if (errorUri !== undefined && !/^[\x21-\x7e]+$/.test(errorUri)) refuse(codes[2]);
  return {
    result,
    ...(errorDescription === undefined ? {} : { errorDescription }),
    ...(errorUri === undefined ? {} : { errorUri }),
  };
}
