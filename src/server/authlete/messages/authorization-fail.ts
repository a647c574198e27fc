import { z } from "zod";
import { answer, branch } from "../result.ts";

/** Why a caller refuses an authorization request. */
export const authorizationFailReasonSchema = z.enum([
  "UNKNOWN",
  "NOT_LOGGED_IN",
  "MAX_AGE_NOT_SUPPORTED",
  "EXCEEDS_MAX_AGE",
  "DIFFERENT_SUBJECT",
  "ACR_NOT_SATISFIED",
  "DENIED",
  "SERVER_ERROR",
  "NOT_AUTHENTICATED",
  "ACCOUNT_SELECTION_REQUIRED",
  "CONSENT_REQUIRED",
  "INTERACTION_REQUIRED",
  "INVALID_TARGET",
  "INVALID_SCOPE",
  "UNAUTHORIZED_CLIENT",
  "TEMPORARILY_UNAVAILABLE",
]);
export type AuthorizationFailReason = z.infer<typeof authorizationFailReasonSchema>;

/** `POST auth/authorization/fail`: spends the ticket of an authorization request without issuing anything. */
export const authorizationFailRequestSchema = z.object({
  ticket: z.string(),
  reason: authorizationFailReasonSchema,
  /** Takes the place of the text that belongs to the reason. */
  description: z.string().optional(),
});
export type AuthorizationFailRequest = z.infer<typeof authorizationFailRequestSchema>;

/** The answer of `auth/authorization/fail`: where to send the browser, with the error for the client application. */
export const authorizationFailResponseSchema = answer([
  branch("LOCATION", { responseContent: z.string() }),
  branch("FORM", { responseContent: z.string() }),
  branch("BAD_REQUEST", { responseContent: z.string() }),
  branch("INTERNAL_SERVER_ERROR", { responseContent: z.string().optional() }),
]);
export type AuthorizationFailResponse = z.infer<typeof authorizationFailResponseSchema>;
