import { z } from "zod";
import { clientAuthMethodSchema, grantTypeSchema, jwsAlgSchema, openEnum } from "../enumerations.ts";
import { scopeSchema } from "../members.ts";

/** What is granted, to which clients, for how long, in which form. */
export const tokenSettings = {
  /** Absent: all. */
  supportedGrantTypes: z.array(openEnum(grantTypeSchema)).optional(),
  supportedScopes: z.array(scopeSchema).optional(),
  /** Refuses a request that ends up with no scope. */
  scopeRequired: z.boolean().optional(),

  supportedTokenAuthMethods: z.array(openEnum(clientAuthMethodSchema)).optional(),
  supportedRevocationAuthMethods: z.array(openEnum(clientAuthMethodSchema)).optional(),
  supportedIntrospectionAuthMethods: z.array(openEnum(clientAuthMethodSchema)).optional(),
  /** A public client may leave out `client_id` where a code or refresh token tells it. */
  missingClientIdAllowed: z.boolean().optional(),
  /** A client assertion must name the issuer; the token endpoint is not enough. */
  clientAssertionAudRestrictedToIssuer: z.boolean().optional(),
  allowableClockSkew: z.int().optional(),

  /** The `token_type` of token responses, usually `Bearer`. */
  accessTokenType: z.string().optional(),
  accessTokenDuration: z.int().optional(),
  /** Set: access tokens are JWTs signed like this. Absent: they are random values. */
  accessTokenSignAlg: openEnum(jwsAlgSchema).optional(),
  /** A new token ends the earlier ones of the same subject and client. */
  singleAccessTokenPerSubject: z.boolean().optional(),
  accessTokenForExternalAttachmentEmbedded: z.boolean().optional(),

  refreshTokenDuration: z.int().optional(),
  /** A refresh gives the same refresh token back. Absent or false: refresh tokens rotate. */
  refreshTokenKept: z.boolean().optional(),
  /** A rotated refresh token inherits what was left of the old one. */
  refreshTokenDurationKept: z.boolean().optional(),
  /** A kept refresh token starts its lifetime anew. */
  refreshTokenDurationReset: z.boolean().optional(),
  /** For a moment, a spent refresh token yields the same new pair again. */
  refreshTokenIdempotent: z.boolean().optional(),
  /** An access token never outlives its refresh token. */
  tokenExpirationLinked: z.boolean().optional(),

  idTokenDuration: z.int().optional(),
  idTokenAudType: z.string().optional(),
  idTokenReissuable: z.boolean().optional(),
  openidDroppedOnRefreshWithoutOfflineAccess: z.boolean().optional(),
  nativeSsoSupported: z.boolean().optional(),

  /** RFC 8705 section 3; counts where the client wants it too. */
  tlsClientCertificateBoundAccessTokens: z.boolean().optional(),
  mutualTlsValidatePkiCertChain: z.boolean().optional(),
  trustedRootCertificates: z.array(z.string()).optional(),
  /** RFC 9449 section 8. */
  dpopNonceRequired: z.boolean().optional(),
  dpopNonceDuration: z.int().optional(),

  tokenExchangeByIdentifiableClientsOnly: z.boolean().optional(),
  tokenExchangeByConfidentialClientsOnly: z.boolean().optional(),
  tokenExchangeByPermittedClientsOnly: z.boolean().optional(),
  tokenExchangeEncryptedJwtRejected: z.boolean().optional(),
  tokenExchangeUnsignedJwtRejected: z.boolean().optional(),
  jwtGrantByIdentifiableClientsOnly: z.boolean().optional(),
  jwtGrantEncryptedJwtRejected: z.boolean().optional(),
  jwtGrantUnsignedJwtRejected: z.boolean().optional(),
};
