import { refusingUnauthorized } from "../client-request/answering.ts";
import { type EngineOperations, refusingWith } from "../operation.ts";
import { type RefusalCode, refusalResult } from "../refusal.ts";
import { authorizeDevice } from "./authorization.ts";
import { completeDevice } from "./complete.ts";
import { verifyUserCode } from "./verification.ts";

/** The device grant (RFC 8628). */
export const deviceOperations: EngineOperations<
  "device/authorization" | "device/verification" | "device/complete"
> = {
  "device/authorization": refusingUnauthorized(authorizeDevice),
  "device/verification": refusingWith(verifyUserCode, (_context, code) => ({
    ...refusalResult(code),
    action: verificationAction(code),
  })),
  "device/complete": refusingWith(completeDevice, (_context, code) => ({
    ...refusalResult(code),
    action: completionAction(code),
  })),
};

/** A call without a code is answered like one with a code that is not there: the user types another. */
function verificationAction(code: RefusalCode) {
  return code === "A225303" ? "EXPIRED" : "NOT_EXIST";
}

/** What the user can do something about; everything else is a mistake of the caller. */
function completionAction(code: RefusalCode) {
  if (code === "A227301" || code === "A229301") return "USER_CODE_NOT_EXIST";
  return code === "A227303" ? "USER_CODE_EXPIRED" : "INVALID_REQUEST";
}
