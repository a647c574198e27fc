import { z } from "zod";
import { answer, branch } from "../result.ts";

/** Why a caller refuses a backchannel authentication request (CIBA 13). */
export const backchannelAuthenticationFailReasonSchema = z.enum([
  "ACCESS_DENIED",
  "EXPIRED_LOGIN_HINT_TOKEN",
  "INVALID_BINDING_MESSAGE",
  "INVALID_TARGET",
  "INVALID_USER_CODE",
  "MISSING_USER_CODE",
  "SERVER_ERROR",
  "UNAUTHORIZED_CLIENT",
  "UNKNOWN_USER_ID",
]);
export type BackchannelAuthenticationFailReason = z.infer<typeof backchannelAuthenticationFailReasonSchema>;

/** `POST backchannel/authentication/fail`: ends a backchannel authentication request before its user was asked. */
export const backchannelAuthenticationFailRequestSchema = z.object({
  ticket: z.string(),
  reason: backchannelAuthenticationFailReasonSchema,
  errorDescription: z.string().optional(),
  errorUri: z.string().optional(),
});
export type BackchannelAuthenticationFailRequest = z.infer<typeof backchannelAuthenticationFailRequestSchema>;

/** The answer of `backchannel/authentication/fail`: the error for the client application. */
export const backchannelAuthenticationFailResponseSchema = answer([
  branch("BAD_REQUEST", { responseContent: z.string() }),
  branch("FORBIDDEN", { responseContent: z.string() }),
  branch("INTERNAL_SERVER_ERROR", { responseContent: z.string().optional() }),
]);
export type BackchannelAuthenticationFailResponse = z.infer<
  typeof backchannelAuthenticationFailResponseSchema
>;
