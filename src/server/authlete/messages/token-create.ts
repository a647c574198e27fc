import { z } from "zod";
import { grantTypeSchema } from "../enumerations.ts";
import { authorizationDetailsSchema, propertySchema } from "../members.ts";
import { answer, branch } from "../result.ts";

/** `POST auth/token/create`: an access token without a token request, for example after a token exchange. */
export const tokenCreateRequestSchema = z.object({
  /** The grant the token is to be from; not `REFRESH_TOKEN`. */
  grantType: grantTypeSchema,
  /** The client by number, or by any identifier it has. */
  clientId: z.int().optional(),
  clientIdentifier: z.string().optional(),
  /** Needed unless the grant is `CLIENT_CREDENTIALS` or `JWT_BEARER`. */
  subject: z.string().optional(),
  scopes: z.array(z.string()).optional(),
  /** Seconds; 0 and negative values count as not given. */
  accessTokenDuration: z.int().optional(),
  refreshTokenDuration: z.int().optional(),
  properties: z.array(propertySchema).optional(),
  /** How the client named itself: it shows in the audience of userinfo JWTs. */
  clientIdAliasUsed: z.boolean().optional(),
  clientEntityIdUsed: z.boolean().optional(),
  metadataDocumentUsed: z.boolean().optional(),
  /** Values the caller chooses for the tokens. */
  accessToken: z.string().optional(),
  refreshToken: z.string().optional(),
  /** The access token never expires. */
  accessTokenPersistent: z.boolean().optional(),
  /** Binds the access token to a certificate (RFC 8705) or to a DPoP key (RFC 9449). */
  certificateThumbprint: z.string().optional(),
  dpopKeyThumbprint: z.string().optional(),
  authorizationDetails: authorizationDetailsSchema.optional(),
  resources: z.array(z.string()).optional(),
  forExternalAttachment: z.boolean().optional(),
  /** JSON text of an object with extra payload claims of a JWT access token. */
  jwtAtClaims: z.string().optional(),
  acr: z.string().optional(),
  /** Seconds since the epoch. */
  authTime: z.int().optional(),
  sessionId: z.string().optional(),
});
export type TokenCreateRequest = z.infer<typeof tokenCreateRequestSchema>;

/** The answer of `auth/token/create`. */
export const tokenCreateResponseSchema = answer([
  branch("OK", {
    accessToken: z.string(),
    /** Present when access tokens are JWTs; `accessToken` is then its `jti`. */
    jwtAccessToken: z.string().optional(),
    refreshToken: z.string().optional(),
    clientId: z.int().optional(),
    clientIdentifier: z.string().optional(),
    subject: z.string().optional(),
    grantType: z.string().optional(),
    scopes: z.array(z.string()).optional(),
    refreshTokenScopes: z.array(z.string()).optional(),
    properties: z.array(propertySchema).optional(),
    tokenType: z.string().optional(),
    /** Seconds. */
    expiresIn: z.int().optional(),
    /** Milliseconds since the epoch. */
    expiresAt: z.int().optional(),
    authorizationDetails: authorizationDetailsSchema.optional(),
    forExternalAttachment: z.boolean().optional(),
    /** Identifies the token in `auth/token/update`. */
    tokenId: z.string().optional(),
    sessionId: z.string().optional(),
  }),
  branch("BAD_REQUEST", {}),
  branch("FORBIDDEN", {}),
  branch("INTERNAL_SERVER_ERROR", {}),
]);
export type TokenCreateResponse = z.infer<typeof tokenCreateResponseSchema>;
