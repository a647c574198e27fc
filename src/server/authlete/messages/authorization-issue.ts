import { z } from "zod";
import { authorizationDetailsSchema } from "../members.ts";
import { answer, branch } from "../result.ts";
import { userDecisionMembers } from "../user-decision.ts";
import { ticketInfoSchema } from "./authorization-ticket-info.ts";

/** `POST auth/authorization/issue`: turns the ticket of an authorization request into a code and tokens. */
export const authorizationIssueRequestSchema = z.object({
  /** From the answers `INTERACTION` and `NO_INTERACTION` of `auth/authorization`; used once. */
  ticket: z.string(),
  ...userDecisionMembers,
  /** JSON texts with values for transformed claims. */
  claimsForTx: z.string().optional(),
  verifiedClaimsForTx: z.array(z.string()).optional(),
  /** Replaces the details asked for. */
  authorizationDetails: authorizationDetailsSchema.optional(),
  /** A value the caller chooses for the access token; it acts where the response type includes one. */
  accessToken: z.string().optional(),
  /** The claim `sid` of ID tokens. */
  sessionId: z.string().optional(),
});
export type AuthorizationIssueRequest = z.infer<typeof authorizationIssueRequestSchema>;

const issued = {
  responseContent: z.string(),
  /** What came to the front channel. Timestamps are milliseconds since the epoch, durations seconds. */
  accessToken: z.string().optional(),
  accessTokenExpiresAt: z.int().optional(),
  accessTokenDuration: z.int().optional(),
  jwtAccessToken: z.string().optional(),
  idToken: z.string().optional(),
  authorizationCode: z.string().optional(),
  ticketInfo: ticketInfoSchema.optional(),
};

/** The answer of `auth/authorization/issue`: where to send the browser, with a success or a protocol error. */
export const authorizationIssueResponseSchema = answer([
  branch("LOCATION", issued),
  branch("FORM", issued),
  branch("BAD_REQUEST", { responseContent: z.string() }),
  branch("INTERNAL_SERVER_ERROR", { responseContent: z.string().optional() }),
]);
export type AuthorizationIssueResponse = z.infer<typeof authorizationIssueResponseSchema>;
