import { z } from "zod";
import { grantManagementActionSchema, openEnum, transactionResultSchema } from "./enumerations.ts";
import {
  authorizationDetailsSchema,
  dynamicScopeSchema,
  grantSchema,
  pairSchema,
  scopeSchema,
} from "./members.ts";
import { cimdOptionsSchema, clientCredentialMembers } from "./request-members.ts";
import { clientMembers } from "./result.ts";
import { userDecisionMembers } from "./user-decision.ts";

/** The device grant and CIBA: the client asks on one device, the user decides on another. */

/** A request of a client application, handed to the engine as received. */
export const decoupledRequestSchema = z.object({
  /** The whole form body of the request, undecoded. */
  parameters: z.string(),
  ...clientCredentialMembers,
  cimdOptions: cimdOptionsSchema.optional(),
});

/** What a request says about a grant (Grant Management for OAuth 2.0). */
export const grantRequestMembers = {
  gmAction: openEnum(grantManagementActionSchema).optional(),
  grantId: z.string().optional(),
  grant: grantSchema.optional(),
  /** Whose grant it is. */
  grantSubject: z.string().optional(),
};

/** Who asks, and for what. */
export const decoupledRequestMembers = {
  ...clientMembers,
  clientName: z.string().optional(),
  scopes: z.array(scopeSchema).optional(),
  dynamicScopes: z.array(dynamicScopeSchema).optional(),
  claimNames: z.array(z.string()).optional(),
  acrs: z.array(z.string()).optional(),
  resources: z.array(z.string()).optional(),
  authorizationDetails: authorizationDetailsSchema.optional(),
  ...grantRequestMembers,
  serviceAttributes: z.array(pairSchema).optional(),
  clientAttributes: z.array(pairSchema).optional(),
};

/** What the user decided. */
export const decoupledDecisionMembers = {
  result: transactionResultSchema,
  ...userDecisionMembers,
  /** Seconds; 0 and negative values count as not given. */
  refreshTokenDuration: z.int().optional(),
  /** For the client application, when the user said no or the transaction failed. */
  errorDescription: z.string().optional(),
  errorUri: z.string().optional(),
};
