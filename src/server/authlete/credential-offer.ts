import { z } from "zod";
import { propertySchema } from "./members.ts";

/** A credential offer that an authorization request refers to (OpenID for Verifiable Credential Issuance 4.1). */
export const credentialOfferInfoSchema = z.looseObject({
  identifier: z.string().optional(),
  /** JSON text of the offer. */
  credentialOffer: z.string().optional(),
  credentialIssuer: z.string().optional(),
  credentialConfigurationIds: z.array(z.string()).optional(),
  authorizationCodeGrantIncluded: z.boolean().optional(),
  issuerStateIncluded: z.boolean().optional(),
  issuerState: z.string().optional(),
  preAuthorizedCodeGrantIncluded: z.boolean().optional(),
  preAuthorizedCode: z.string().optional(),
  subject: z.string().optional(),
  /** Milliseconds since the epoch. */
  expiresAt: z.int().optional(),
  context: z.string().optional(),
  properties: z.array(propertySchema).optional(),
  jwtAtClaims: z.string().optional(),
  /** Seconds since the epoch. */
  authTime: z.int().optional(),
  acr: z.string().optional(),
  txCode: z.string().optional(),
  txCodeInputMode: z.string().optional(),
  txCodeDescription: z.string().optional(),
});
