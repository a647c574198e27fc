import { z } from "zod";
import { pairSchema, propertySchema } from "../members.ts";
import { proofMembers } from "../request-members.ts";
import { answer, branch, clientMembers } from "../result.ts";

/** `POST auth/userinfo`: is this access token good for the userinfo endpoint, and which claims does it give? */
export const userinfoRequestSchema = z.object({
  token: z.string(),
  /** PEM of the certificate the userinfo request came with (RFC 8705). */
  clientCertificate: z.string().optional(),
  ...proofMembers,
  /** From here on: the HTTP message signature of that request (RFC 9421). */
  uri: z.string().optional(),
  message: z.string().optional(),
  headers: z.array(pairSchema).optional(),
  targetUri: z.string().optional(),
  requestBodyContained: z.boolean().optional(),
});
export type UserinfoRequest = z.infer<typeof userinfoRequestSchema>;

const refused = { responseContent: z.string(), dpopNonce: z.string().optional() };

/** The answer of `auth/userinfo`; `responseContent` is a `WWW-Authenticate` value. */
export const userinfoResponseSchema = answer([
  branch("OK", {
    ...clientMembers,
    responseContent: z.string().optional(),
    token: z.string(),
    subject: z.string(),
    scopes: z.array(z.string()).optional(),
    /** Names of the claims to give, by scope and by the parameter `claims` of the authorization request. */
    claims: z.array(z.string()).optional(),
    /** JSON text of the member `userinfo` of that parameter. */
    userInfoClaims: z.string().optional(),
    consentedClaims: z.array(z.string()).optional(),
    /** Claims for transformed claims, and the JSON text that defines those. */
    requestedClaimsForTx: z.array(z.string()).optional(),
    requestedVerifiedClaimsForTx: z.array(z.array(z.string())).optional(),
    transformedClaims: z.string().optional(),
    properties: z.array(propertySchema).optional(),
    serviceAttributes: z.array(pairSchema).optional(),
    clientAttributes: z.array(pairSchema).optional(),
    dpopNonce: z.string().optional(),
  }),
  branch("BAD_REQUEST", refused),
  branch("UNAUTHORIZED", refused),
  branch("FORBIDDEN", refused),
  branch("INTERNAL_SERVER_ERROR", { ...refused, responseContent: z.string().optional() }),
]);
export type UserinfoResponse = z.infer<typeof userinfoResponseSchema>;
