import { refusingUnauthorized } from "../client-request/answering.ts";
import type { EngineContext } from "../context.ts";
import { type EngineOperations, refusingWith } from "../operation.ts";
import { answerRefusal, type RefusalCode, refusalResult } from "../refusal.ts";
import { authenticateBackchannel } from "./authentication.ts";
import { completeBackchannel } from "./complete.ts";
import { failBackchannel } from "./fail.ts";
import { issueAuthReqId } from "./issue.ts";

/** Client-initiated backchannel authentication (CIBA). */
export const backchannelOperations: EngineOperations<
  | "backchannel/authentication"
  | "backchannel/authentication/issue"
  | "backchannel/authentication/fail"
  | "backchannel/authentication/complete"
> = {
  "backchannel/authentication": refusingUnauthorized(authenticateBackchannel),
  "backchannel/authentication/issue": refusingWith(issueAuthReqId, (context, code) => ({
    ...serverError(context, code),
    action: code === "A182201" ? "INTERNAL_SERVER_ERROR" : "INVALID_TICKET",
  })),
  "backchannel/authentication/fail": refusingWith(failBackchannel, (context, code) => ({
    ...serverError(context, code),
    action: "INTERNAL_SERVER_ERROR",
  })),
  "backchannel/authentication/complete": refusingWith(completeBackchannel, (_context, code) => ({
    ...refusalResult(code),
    action: "SERVER_ERROR",
  })),
};

/** What is wrong with the call of a ticket is, to the client, a fault of the server. */
function serverError({ service }: EngineContext, code: RefusalCode) {
  const { action: _, ...refused } = answerRefusal(service, code);
  return refused;
}
