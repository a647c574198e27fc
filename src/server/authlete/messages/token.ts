import { z } from "zod";
import { openEnum, tokenTypeSchema } from "../enumerations.ts";
import { authorizationDetailsSchema, pairSchema, propertySchema, scopeSchema } from "../members.ts";
import { cimdOptionsSchema, clientCredentialMembers, proofMembers } from "../request-members.ts";
import { answer, branch, clientMembers } from "../result.ts";

/** `POST auth/token`: the token request of a client application, handed to the engine as received. */
export const tokenRequestSchema = z.object({
  /** The whole form body of the token request, undecoded. */
  parameters: z.string(),
  ...clientCredentialMembers,
  ...proofMembers,
  properties: z.array(propertySchema).optional(),
  /** A value the caller chooses for the access token (at least 192 bits of entropy). */
  accessToken: z.string().optional(),
  /** JSON text of an object; here it acts for client credentials only. */
  jwtAtClaims: z.string().optional(),
  /** Seconds; 0 and negative values count as not given. */
  accessTokenDuration: z.int().optional(),
  refreshTokenDuration: z.int().optional(),
  cimdOptions: cimdOptionsSchema.optional(),
});
export type TokenRequest = z.infer<typeof tokenRequestSchema>;

const tokenInfoSchema = z.looseObject({
  ...clientMembers,
  subject: z.string().optional(),
  scopes: z.array(scopeSchema).optional(),
  expiresAt: z.int().optional(),
  properties: z.array(propertySchema).optional(),
  resources: z.array(z.string()).optional(),
  authorizationDetails: authorizationDetailsSchema.optional(),
});

const context = {
  ...clientMembers,
  responseContent: z.string().optional(),
  grantType: z.string().optional(),
  clientAuthMethod: z.string().optional(),
  subject: z.string().optional(),
  scopes: z.array(z.string()).optional(),
  properties: z.array(propertySchema).optional(),
  /** The resources of the request and, of those, what the access token is for (RFC 8707). */
  resources: z.array(z.string()).optional(),
  accessTokenResources: z.array(z.string()).optional(),
  authorizationDetails: authorizationDetailsSchema.optional(),
  grantId: z.string().optional(),
  additionalClaims: z.string().optional(),
  serviceAttributes: z.array(pairSchema).optional(),
  clientAttributes: z.array(pairSchema).optional(),
  /** For the header `DPoP-Nonce` of the answer, whatever the action. */
  dpopNonce: z.string().optional(),
  /** For the header `OAuth-Client-Attestation-Challenge` of the answer. */
  attestationChallenge: z.string().optional(),
};

const issued = {
  ...context,
  accessToken: z.string(),
  accessTokenExpiresAt: z.int().optional(),
  accessTokenDuration: z.int().optional(),
  /** Present when access tokens are JWTs; `accessToken` is then its `jti`. */
  jwtAccessToken: z.string().optional(),
  refreshToken: z.string().optional(),
  refreshTokenExpiresAt: z.int().optional(),
  refreshTokenDuration: z.int().optional(),
  refreshTokenScopes: z.array(z.string()).optional(),
  /** The refresh token was spent already and the answer repeats the one given for it. */
  previousRefreshTokenUsed: z.boolean().optional(),
  idToken: z.string().optional(),
  cnonce: z.string().optional(),
  cnonceExpiresAt: z.int().optional(),
  cnonceDuration: z.int().optional(),
};

/**
 * The answer of `auth/token`. Timestamps are milliseconds since the epoch, durations seconds. Only `PASSWORD` carries a
 * ticket: after `TOKEN_EXCHANGE` and `JWT_BEARER` nothing is issued yet and nothing waits, after `NATIVE_SSO` and
 * `ID_TOKEN_REISSUABLE` the tokens are issued already.
 */
export const tokenResponseSchema = answer([
  branch("OK", { ...issued, responseContent: z.string() }),
  branch("PASSWORD", { ...context, username: z.string(), password: z.string(), ticket: z.string() }),
  branch("BAD_REQUEST", { ...context, responseContent: z.string() }),
  branch("INVALID_CLIENT", { ...context, responseContent: z.string() }),
  branch("INTERNAL_SERVER_ERROR", context),
  branch("TOKEN_EXCHANGE", {
    ...context,
    audiences: z.array(z.string()).optional(),
    requestedTokenType: openEnum(tokenTypeSchema).optional(),
    subjectToken: z.string().optional(),
    subjectTokenType: openEnum(tokenTypeSchema).optional(),
    subjectTokenInfo: tokenInfoSchema.optional(),
    actorToken: z.string().optional(),
    actorTokenType: openEnum(tokenTypeSchema).optional(),
    actorTokenInfo: tokenInfoSchema.optional(),
  }),
  branch("JWT_BEARER", { ...context, assertion: z.string().optional() }),
  branch("NATIVE_SSO", {
    ...issued,
    sessionId: z.string().optional(),
    deviceSecret: z.string().optional(),
    deviceSecretHash: z.string().optional(),
  }),
  branch("ID_TOKEN_REISSUABLE", { ...issued, requestedIdTokenClaims: z.array(z.string()).optional() }),
]);
export type TokenResponse = z.infer<typeof tokenResponseSchema>;
