import { z } from "zod";
import { decoupledDecisionMembers } from "../decoupled-request.ts";
import { answer, branch } from "../result.ts";

/** `POST device/complete`: what the user decided about a device. */
export const deviceCompleteRequestSchema = z.object({ userCode: z.string(), ...decoupledDecisionMembers });
export type DeviceCompleteRequest = z.infer<typeof deviceCompleteRequestSchema>;

/** The answer of `device/complete`. */
export const deviceCompleteResponseSchema = answer([
  branch("SUCCESS", {}),
  branch("INVALID_REQUEST", {}),
  branch("USER_CODE_EXPIRED", {}),
  branch("USER_CODE_NOT_EXIST", {}),
  branch("SERVER_ERROR", {}),
]);
export type DeviceCompleteResponse = z.infer<typeof deviceCompleteResponseSchema>;
