import { z } from "zod";
import { decoupledDecisionMembers } from "../decoupled-request.ts";
import { deliveryModeSchema, openEnum } from "../enumerations.ts";
import { authorizationDetailsSchema, pairSchema } from "../members.ts";
import { answer, branch, clientMembers } from "../result.ts";

/** `POST backchannel/authentication/complete`: what the user decided on the authentication device. */
export const backchannelAuthenticationCompleteRequestSchema = z.object({
  ticket: z.string(),
  ...decoupledDecisionMembers,
  /** A value the caller chooses for the access token (at least 192 bits of entropy). */
  accessToken: z.string().optional(),
});
export type BackchannelAuthenticationCompleteRequest = z.infer<
  typeof backchannelAuthenticationCompleteRequestSchema
>;

const members = {
  ...clientMembers,
  clientName: z.string().optional(),
  deliveryMode: openEnum(deliveryModeSchema).optional(),
  clientNotificationEndpoint: z.string().optional(),
  clientNotificationToken: z.string().optional(),
  authReqId: z.string().optional(),
  /** What was issued, where it is pushed. Durations are seconds. */
  accessToken: z.string().optional(),
  accessTokenDuration: z.int().optional(),
  jwtAccessToken: z.string().optional(),
  refreshToken: z.string().optional(),
  refreshTokenDuration: z.int().optional(),
  idToken: z.string().optional(),
  idTokenDuration: z.int().optional(),
  resources: z.array(z.string()).optional(),
  authorizationDetails: authorizationDetailsSchema.optional(),
  grantId: z.string().optional(),
  serviceAttributes: z.array(pairSchema).optional(),
  clientAttributes: z.array(pairSchema).optional(),
};

/**
 * The answer of `backchannel/authentication/complete`. `NOTIFICATION`: post `responseContent` to the client's endpoint
 * with its notification token as bearer.
 */
export const backchannelAuthenticationCompleteResponseSchema = answer([
  branch("NO_ACTION", { ...members, responseContent: z.string().optional() }),
  branch("NOTIFICATION", {
    ...members,
    responseContent: z.string(),
    clientNotificationEndpoint: z.string(),
    clientNotificationToken: z.string(),
  }),
  branch("SERVER_ERROR", { ...members, responseContent: z.string().optional() }),
]);
export type BackchannelAuthenticationCompleteResponse = z.infer<
  typeof backchannelAuthenticationCompleteResponseSchema
>;
