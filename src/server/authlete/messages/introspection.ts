import { z } from "zod";
import { grantTypeSchema, openEnum } from "../enumerations.ts";
import {
  authorizationDetailsSchema,
  grantSchema,
  pairSchema,
  propertySchema,
  scopeSchema,
} from "../members.ts";
import { answer, branch, clientMembers } from "../result.ts";

/** `POST auth/introspection`: is this access token good for this call of a protected resource? */
export const introspectionRequestSchema = z.object({
  token: z.string(),
  /** Scopes the resource demands. */
  scopes: z.array(z.string()).optional(),
  /** The subject the resource demands. */
  subject: z.string().optional(),
  /** PEM of the certificate the call of the protected resource came with (RFC 8705). */
  clientCertificate: z.string().optional(),
  /** The DPoP proof of that call, its method and its URL (RFC 9449). */
  dpop: z.string().optional(),
  htm: z.string().optional(),
  htu: z.string().optional(),
  /** The resources the token must be for (RFC 8707). */
  resources: z.array(z.string()).optional(),
  acrValues: z.array(z.string()).optional(),
  /** At most this many seconds since the user was authenticated. */
  maxAge: z.int().optional(),
  /** From here to `targetUri`: the HTTP message signature of that call (RFC 9421). */
  requiredComponents: z.array(z.string()).optional(),
  uri: z.string().optional(),
  message: z.string().optional(),
  headers: z.array(pairSchema).optional(),
  targetUri: z.string().optional(),
  dpopNonceRequired: z.boolean().optional(),
  requestBodyContained: z.boolean().optional(),
});
export type IntrospectionRequest = z.infer<typeof introspectionRequestSchema>;

const members = {
  ...clientMembers,
  responseContent: z.string().optional(),
  subject: z.string().optional(),
  scopes: z.array(z.string()).optional(),
  scopeDetails: z.array(scopeSchema).optional(),
  /** The token was found. */
  existent: z.boolean().optional(),
  /** It has not expired and it is in the right hands. */
  usable: z.boolean().optional(),
  /** It covers what was demanded; observed false where nothing was. */
  sufficient: z.boolean().optional(),
  /** Its refresh token is alive. */
  refreshable: z.boolean().optional(),
  /** Milliseconds since the epoch. */
  expiresAt: z.int().optional(),
  /** Hidden ones included. */
  properties: z.array(propertySchema).optional(),
  certificateThumbprint: z.string().optional(),
  resources: z.array(z.string()).optional(),
  accessTokenResources: z.array(z.string()).optional(),
  authorizationDetails: authorizationDetailsSchema.optional(),
  grantId: z.string().optional(),
  grant: grantSchema.optional(),
  grantType: openEnum(grantTypeSchema).optional(),
  consentedClaims: z.array(z.string()).optional(),
  serviceAttributes: z.array(pairSchema).optional(),
  clientAttributes: z.array(pairSchema).optional(),
  forExternalAttachment: z.boolean().optional(),
  acr: z.string().optional(),
  /** Seconds since the epoch. */
  authTime: z.int().optional(),
  forCredentialIssuance: z.boolean().optional(),
  cnonce: z.string().optional(),
  cnonceExpiresAt: z.int().optional(),
  issuableCredentials: z.string().optional(),
  dpopNonce: z.string().optional(),
  responseSigningRequired: z.boolean().optional(),
};

/** The answer of `auth/introspection`; `responseContent` is a `WWW-Authenticate` value. */
export const introspectionResponseSchema = answer([
  branch("OK", members),
  branch("BAD_REQUEST", members),
  branch("UNAUTHORIZED", members),
  branch("FORBIDDEN", members),
  branch("INTERNAL_SERVER_ERROR", members),
]);
export type IntrospectionResponse = z.infer<typeof introspectionResponseSchema>;
