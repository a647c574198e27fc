import { z } from "zod";
import { decoupledRequestMembers } from "../decoupled-request.ts";
import { answer, branch } from "../result.ts";

/** `POST device/verification`: what a user code stands for. It counts to the letter: normalise what people type. */
export const deviceVerificationRequestSchema = z.object({ userCode: z.string() });
export type DeviceVerificationRequest = z.infer<typeof deviceVerificationRequestSchema>;

/** The answer of `device/verification`. Sources disagree about what a fault is called. */
export const deviceVerificationResponseSchema = answer([
  /** `expiresAt` is milliseconds since the epoch. */
  branch("VALID", { ...decoupledRequestMembers, expiresAt: z.int().optional() }),
  branch("EXPIRED", {}),
  branch("NOT_EXIST", {}),
  branch("SERVER_ERROR", {}),
  branch("INTERNAL_SERVER_ERROR", {}),
]);
export type DeviceVerificationResponse = z.infer<typeof deviceVerificationResponseSchema>;
