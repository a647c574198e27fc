import { z } from "zod";

const credentialIssuerMetadataSchema = z.looseObject({
  authorizationServers: z.array(z.string()).optional(),
  credentialIssuer: z.string().optional(),
  credentialEndpoint: z.string().optional(),
  batchCredentialEndpoint: z.string().optional(),
  deferredCredentialEndpoint: z.string().optional(),
  credentialsSupported: z.string().optional(),
  credentialResponseEncryptionAlgValuesSupported: z.array(z.string()).optional(),
  credentialResponseEncryptionEncValuesSupported: z.array(z.string()).optional(),
  requireCredentialResponseEncryption: z.boolean().optional(),
});

/** Verifiable credentials (OpenID for Verifiable Credential Issuance). */
export const credentialSettings = {
  verifiableCredentialsEnabled: z.boolean().optional(),
  credentialIssuerMetadata: credentialIssuerMetadataSchema.optional(),
  /** JSON text of a JWK Set. */
  credentialJwks: z.string().optional(),
  credentialJwksUri: z.string().optional(),
  credentialDuration: z.int().optional(),
  credentialOfferDuration: z.int().optional(),
  credentialTransactionDuration: z.int().optional(),
  cnonceDuration: z.int().optional(),
  preAuthorizedGrantAnonymousAccessSupported: z.boolean().optional(),
  userPinLength: z.int().optional(),
  oid4vciVersion: z.string().optional(),
};
