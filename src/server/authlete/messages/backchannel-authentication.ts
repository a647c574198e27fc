import { z } from "zod";
import { deliveryModeSchema, grantManagementActionSchema, openEnum } from "../enumerations.ts";
import {
  authorizationDetailsSchema,
  dynamicScopeSchema,
  grantSchema,
  pairSchema,
  scopeSchema,
} from "../members.ts";
import { cimdOptionsSchema, clientCredentialMembers } from "../request-members.ts";
import { answer, branch, clientMembers } from "../result.ts";

/** `POST backchannel/authentication`: a backchannel authentication request (CIBA 7.1), handed over as received. */
export const backchannelAuthenticationRequestSchema = z.object({
  /** The whole form body of the request, undecoded. */
  parameters: z.string(),
  ...clientCredentialMembers,
  cimdOptions: cimdOptionsSchema.optional(),
});
export type BackchannelAuthenticationRequest = z.infer<typeof backchannelAuthenticationRequestSchema>;

/** The answer of `backchannel/authentication`. After `USER_IDENTIFICATION` the caller finds the user and goes on with the ticket. */
export const backchannelAuthenticationResponseSchema = answer([
  branch("USER_IDENTIFICATION", {
    ...clientMembers,
    ticket: z.string(),
    clientName: z.string().optional(),
    clientAuthMethod: z.string().optional(),
    deliveryMode: openEnum(deliveryModeSchema).optional(),
    clientNotificationToken: z.string().optional(),
    /** What kind of hint there is, the hint, and the subject in it where it has one. */
    hintType: z.string().optional(),
    hint: z.string().optional(),
    sub: z.string().optional(),
    bindingMessage: z.string().optional(),
    userCode: z.string().optional(),
    userCodeRequired: z.boolean().optional(),
    /** Seconds; 0 when the request does not say. */
    requestedExpiry: z.int().optional(),
    requestContext: z.string().optional(),
    scopes: z.array(scopeSchema).optional(),
    dynamicScopes: z.array(dynamicScopeSchema).optional(),
    claimNames: z.array(z.string()).optional(),
    acrs: z.array(z.string()).optional(),
    resources: z.array(z.string()).optional(),
    authorizationDetails: authorizationDetailsSchema.optional(),
    gmAction: openEnum(grantManagementActionSchema).optional(),
    grantId: z.string().optional(),
    grant: grantSchema.optional(),
    grantSubject: z.string().optional(),
    serviceAttributes: z.array(pairSchema).optional(),
    clientAttributes: z.array(pairSchema).optional(),
    warnings: z.array(z.string()).optional(),
  }),
  branch("BAD_REQUEST", { responseContent: z.string() }),
  branch("UNAUTHORIZED", { responseContent: z.string() }),
  branch("INTERNAL_SERVER_ERROR", { responseContent: z.string().optional() }),
]);
export type BackchannelAuthenticationResponse = z.infer<typeof backchannelAuthenticationResponseSchema>;
