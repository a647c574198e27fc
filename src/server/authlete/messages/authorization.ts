import { z } from "zod";
import { credentialOfferInfoSchema } from "../credential-offer.ts";
import { grantRequestMembers } from "../decoupled-request.ts";
import { displaySchema, openEnum, promptSchema } from "../enumerations.ts";
import { authorizationClientSchema } from "../limited-client.ts";
import { authorizationDetailsSchema, dynamicScopeSchema, scopeSchema } from "../members.ts";
import { cimdOptionsSchema } from "../request-members.ts";
import { answer, branch } from "../result.ts";
import { serviceSchema } from "../service.ts";

/** `POST auth/authorization`: the authorization request of a client application, handed to the engine as received. */
export const authorizationRequestSchema = z.object({
  /** The query string or the whole form body of the authorization request, undecoded. */
  parameters: z.string(),
  /** Free text, kept with the ticket and given back by `ticket/info` and `issue`. */
  context: z.string().optional(),
  cimdOptions: cimdOptionsSchema.optional(),
});
export type AuthorizationRequest = z.infer<typeof authorizationRequestSchema>;

const request = {
  client: authorizationClientSchema.optional(),
  service: serviceSchema.optional(),
  /** How the `client_id` of the request named the client. */
  clientIdAliasUsed: z.boolean().optional(),
  clientEntityIdUsed: z.boolean().optional(),
  metadataDocumentUsed: z.boolean().optional(),
  display: openEnum(displaySchema).optional(),
  prompts: z.array(openEnum(promptSchema)).optional(),
  /** Deprecated; `prompts` tells all. */
  lowestPrompt: openEnum(promptSchema).optional(),
  /** Seconds; 0 means no limit, an explicit `max_age=0` included: look at the request itself. */
  maxAge: z.int().optional(),
  scopes: z.array(scopeSchema).optional(),
  dynamicScopes: z.array(dynamicScopeSchema).optional(),
  uiLocales: z.array(z.string()).optional(),
  claimsLocales: z.array(z.string()).optional(),
  /** Names of the claims wanted in the ID token and at the userinfo endpoint, by scope or by the parameter `claims`. */
  claims: z.array(z.string()).optional(),
  claimsAtUserInfo: z.array(z.string()).optional(),
  /** JSON text of the members `id_token` and `userinfo` of the parameter `claims`. */
  idTokenClaims: z.string().optional(),
  userInfoClaims: z.string().optional(),
  /** Claims for transformed claims, and the JSON text that defines those. */
  requestedClaimsForTx: z.array(z.string()).optional(),
  requestedVerifiedClaimsForTx: z.array(z.array(z.string())).optional(),
  transformedClaims: z.string().optional(),
  acrs: z.array(z.string()).optional(),
  /** One of `acrs` has to be met; otherwise they are wishes. */
  acrEssential: z.boolean().optional(),
  /** The subject that the request demands by the claim `sub`. */
  subject: z.string().optional(),
  loginHint: z.string().optional(),
  purpose: z.string().optional(),
  /** JSON text of the payload of the request object. */
  requestObjectPayload: z.string().optional(),
  resources: z.array(z.string()).optional(),
  authorizationDetails: authorizationDetailsSchema.optional(),
  ...grantRequestMembers,
  credentialOfferInfo: credentialOfferInfoSchema.optional(),
  issuableCredentials: z.string().optional(),
  /** `issue` then needs a `sessionId`. */
  nativeSsoRequested: z.boolean().optional(),
};

/** The answer of `auth/authorization`. A `ticket` ends at `issue` or `fail`. */
export const authorizationResponseSchema = answer([
  branch("INTERACTION", { ...request, ticket: z.string() }),
  branch("NO_INTERACTION", { ...request, ticket: z.string() }),
  branch("LOCATION", { responseContent: z.string() }),
  branch("FORM", { responseContent: z.string() }),
  branch("BAD_REQUEST", { responseContent: z.string() }),
  branch("INTERNAL_SERVER_ERROR", { responseContent: z.string().optional() }),
]);
export type AuthorizationResponse = z.infer<typeof authorizationResponseSchema>;
