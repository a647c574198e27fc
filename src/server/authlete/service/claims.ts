import { z } from "zod";
import {
  attachmentTypeSchema,
  claimTypeSchema,
  openEnum,
  verifiedClaimsValidationSchema,
} from "../enumerations.ts";

/** Claims of end-users, plain and verified (OIDC Core 5, OIDC for Identity Assurance). */
export const claimSettings = {
  supportedClaims: z.array(z.string()).optional(),
  supportedClaimTypes: z.array(openEnum(claimTypeSchema)).optional(),
  supportedClaimLocales: z.array(z.string()).optional(),
  /** Claims asked for by scope enter the ID token only when no access token is issued (OIDC Core 5.4). */
  claimShortcutRestrictive: z.boolean().optional(),
  /** JSON text. */
  predefinedTransformedClaims: z.string().optional(),

  supportedTrustFrameworks: z.array(z.string()).optional(),
  supportedEvidence: z.array(z.string()).optional(),
  supportedIdentityDocuments: z.array(z.string()).optional(),
  supportedVerificationMethods: z.array(z.string()).optional(),
  supportedVerifiedClaims: z.array(z.string()).optional(),
  verifiedClaimsValidationSchemaSet: openEnum(verifiedClaimsValidationSchema).optional(),
  supportedAttachments: z.array(openEnum(attachmentTypeSchema)).optional(),
  supportedDigestAlgorithms: z.array(z.string()).optional(),
  supportedDocuments: z.array(z.string()).optional(),
  supportedDocumentsMethods: z.array(z.string()).optional(),
  supportedDocumentsValidationMethods: z.array(z.string()).optional(),
  supportedDocumentsVerificationMethods: z.array(z.string()).optional(),
  supportedDocumentsCheckMethods: z.array(z.string()).optional(),
  supportedElectronicRecords: z.array(z.string()).optional(),
};
