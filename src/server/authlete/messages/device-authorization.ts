import { z } from "zod";
import { grantManagementActionSchema, openEnum } from "../enumerations.ts";
import {
  authorizationDetailsSchema,
  dynamicScopeSchema,
  grantSchema,
  pairSchema,
  scopeSchema,
} from "../members.ts";
import { cimdOptionsSchema, clientCredentialMembers } from "../request-members.ts";
import { answer, branch, clientMembers } from "../result.ts";

/** `POST device/authorization`: a device authorization request (RFC 8628), handed to the engine as received. */
export const deviceAuthorizationRequestSchema = z.object({
  /** The whole form body of the request, undecoded. */
  parameters: z.string(),
  ...clientCredentialMembers,
  cimdOptions: cimdOptionsSchema.optional(),
});
export type DeviceAuthorizationRequest = z.infer<typeof deviceAuthorizationRequestSchema>;

/** What a device asks for: the answers of `device/authorization` and `device/verification` share it. */
export const deviceRequestMembers = {
  ...clientMembers,
  clientName: z.string().optional(),
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
};

/** The answer of `device/authorization`. */
export const deviceAuthorizationResponseSchema = answer([
  branch("OK", {
    ...deviceRequestMembers,
    responseContent: z.string(),
    clientAuthMethod: z.string().optional(),
    deviceCode: z.string(),
    userCode: z.string(),
    verificationUri: z.string().optional(),
    verificationUriComplete: z.string().optional(),
    /** Seconds. */
    expiresIn: z.int().optional(),
    interval: z.int().optional(),
    warnings: z.array(z.string()).optional(),
  }),
  branch("BAD_REQUEST", { responseContent: z.string() }),
  branch("UNAUTHORIZED", { responseContent: z.string() }),
  branch("INTERNAL_SERVER_ERROR", { responseContent: z.string().optional() }),
]);
export type DeviceAuthorizationResponse = z.infer<typeof deviceAuthorizationResponseSchema>;
