import { z } from "zod";
import { authorizationDetailsSchema, pairSchema, propertySchema } from "../members.ts";
import { answer, branch, clientMembers } from "../result.ts";

/** `POST auth/token/issue`: turns a ticket of the password grant into tokens for an authenticated subject. */
export const tokenIssueRequestSchema = z.object({
  /** From the answer `PASSWORD` of `auth/token`; used once. */
  ticket: z.string(),
  /** Unique identifier of the authenticated user, 1 to 100 ASCII characters. */
  subject: z.string(),
  /** Extra properties of the access token. */
  properties: z.array(propertySchema).optional(),
  /** JSON text of an object with extra payload claims of a JWT access token. */
  jwtAtClaims: z.string().optional(),
  /** A value the caller chooses for the access token (at least 192 bits of entropy). */
  accessToken: z.string().optional(),
  /** Seconds; 0 and negative values count as not given. */
  accessTokenDuration: z.int().optional(),
  /** Seconds; 0 and negative values count as not given. */
  refreshTokenDuration: z.int().optional(),
});
export type TokenIssueRequest = z.infer<typeof tokenIssueRequestSchema>;

/** The answer of `auth/token/issue`. Timestamps are milliseconds since the epoch, durations seconds. */
export const tokenIssueResponseSchema = answer([
  branch("OK", {
    ...clientMembers,
    responseContent: z.string(),
    accessToken: z.string(),
    accessTokenExpiresAt: z.int().optional(),
    accessTokenDuration: z.int().optional(),
    /** Present when access tokens are JWTs; `accessToken` is then its `jti`. */
    jwtAccessToken: z.string().optional(),
    refreshToken: z.string().optional(),
    refreshTokenExpiresAt: z.int().optional(),
    refreshTokenDuration: z.int().optional(),
    /** The scopes of the grant; a refresh can narrow those of the access token, never these. */
    refreshTokenScopes: z.array(z.string()).optional(),
    subject: z.string().optional(),
    scopes: z.array(z.string()).optional(),
    properties: z.array(propertySchema).optional(),
    accessTokenResources: z.array(z.string()).optional(),
    authorizationDetails: authorizationDetailsSchema.optional(),
    serviceAttributes: z.array(pairSchema).optional(),
    clientAttributes: z.array(pairSchema).optional(),
  }),
  branch("INTERNAL_SERVER_ERROR", { ...clientMembers, responseContent: z.string().optional() }),
]);
export type TokenIssueResponse = z.infer<typeof tokenIssueResponseSchema>;
