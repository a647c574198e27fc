import { z } from "zod";
import { answer, branch } from "../result.ts";

/** Why a caller refuses a password grant. */
export const tokenFailReasonSchema = z.enum([
  "UNKNOWN",
  "INVALID_RESOURCE_OWNER_CREDENTIALS",
  "INVALID_TARGET",
]);
export type TokenFailReason = z.infer<typeof tokenFailReasonSchema>;

/** `POST auth/token/fail`: spends a ticket without issuing anything. */
export const tokenFailRequestSchema = z.object({
  ticket: z.string(),
  /** Newer releases of the API have the reasons at the end of the list. */
  reason: z.enum([
    ...tokenFailReasonSchema.options,
    "INVALID_CLIENT",
    "UNAUTHORIZED_CLIENT",
    "INVALID_SCOPE",
  ]),
});
export type TokenFailRequest = z.infer<typeof tokenFailRequestSchema>;

/** The answer of `auth/token/fail`: the error for the client application. */
export const tokenFailResponseSchema = answer([
  branch("BAD_REQUEST", { responseContent: z.string() }),
  branch("INTERNAL_SERVER_ERROR", { responseContent: z.string().optional() }),
]);
export type TokenFailResponse = z.infer<typeof tokenFailResponseSchema>;
