import { z } from "zod";
import { answer, branch } from "../result.ts";

/** `POST backchannel/authentication/issue`: an `auth_req_id` for the client application. The ticket lives on. */
export const backchannelAuthenticationIssueRequestSchema = z.object({ ticket: z.string() });
export type BackchannelAuthenticationIssueRequest = z.infer<
  typeof backchannelAuthenticationIssueRequestSchema
>;

/** The answer of `backchannel/authentication/issue`. Durations are seconds. */
export const backchannelAuthenticationIssueResponseSchema = answer([
  branch("OK", {
    responseContent: z.string(),
    authReqId: z.string(),
    expiresIn: z.int().optional(),
    interval: z.int().optional(),
  }),
  branch("INVALID_TICKET", { responseContent: z.string().optional() }),
  branch("INTERNAL_SERVER_ERROR", { responseContent: z.string().optional() }),
]);
export type BackchannelAuthenticationIssueResponse = z.infer<
  typeof backchannelAuthenticationIssueResponseSchema
>;
