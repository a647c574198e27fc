import { type EngineOperations, unavailable } from "../operation.ts";

/** Client-initiated backchannel authentication (CIBA). */
export const backchannelOperations: EngineOperations<
  | "backchannel/authentication"
  | "backchannel/authentication/issue"
  | "backchannel/authentication/fail"
  | "backchannel/authentication/complete"
> = {
  "backchannel/authentication": unavailable,
  "backchannel/authentication/issue": unavailable,
  "backchannel/authentication/fail": unavailable,
  "backchannel/authentication/complete": unavailable,
};
