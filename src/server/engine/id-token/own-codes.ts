import type { OwnCodes } from "../client-request/own-codes.ts";
import type { RefusalCode } from "../refusal.ts";
import { idTokenRefusals } from "./refusals.ts";

/**
 * The codes of an endpoint that has only two for all that may be wrong with an ID token.
 *
 * @param codes.unsigned the client wants none that is signed.
 * @param codes.other everything else.
 */
export function ownIdTokenCodes(codes: Record<"unsigned" | "other", RefusalCode>): OwnCodes {
  const others = Object.keys(idTokenRefusals).map((code) => [code, codes.other]);
  return { ...Object.fromEntries(others), A046301: codes.unsigned };
}
