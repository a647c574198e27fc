import { z } from "zod";
import {
  displaySchema,
  fapiModeSchema,
  openEnum,
  promptSchema,
  responseTypeSchema,
  serviceProfileSchema,
} from "../enumerations.ts";

/** Authorization requests and their answers: PKCE, PAR, request objects, FAPI. */
export const authorizationSettings = {
  supportedResponseTypes: z.array(openEnum(responseTypeSchema)).optional(),
  supportedAuthorizationDetailsTypes: z.array(z.string()).optional(),
  supportedDisplays: z.array(openEnum(displaySchema)).optional(),
  supportedPromptValues: z.array(openEnum(promptSchema)).optional(),
  supportedUiLocales: z.array(z.string()).optional(),
  supportedAcrs: z.array(z.string()).optional(),
  /** Lifetime of a JWT authorization response (JARM). */
  authorizationResponseDuration: z.int().optional(),
  /** Leaves `iss` out of authorization responses (RFC 9207). */
  issSuppressed: z.boolean().optional(),
  /** The port of a loopback redirection URI does not count (RFC 8252 7.3). */
  loopbackRedirectionUriVariable: z.boolean().optional(),

  pkceRequired: z.boolean().optional(),
  pkceS256Required: z.boolean().optional(),
  parRequired: z.boolean().optional(),
  pushedAuthReqDuration: z.int().optional(),

  requestObjectRequired: z.boolean().optional(),
  /** Merges parameters as OIDC Core does, in place of RFC 9101. */
  traditionalRequestObjectProcessingApplied: z.boolean().optional(),
  requestObjectAudienceChecked: z.boolean().optional(),
  /** Request objects may come without `nbf`, against FAPI 1.0 Advanced. */
  nbfOptional: z.boolean().optional(),
  frontChannelRequestObjectEncryptionRequired: z.boolean().optional(),
  requestObjectEncryptionAlgMatchRequired: z.boolean().optional(),
  requestObjectEncryptionEncMatchRequired: z.boolean().optional(),

  supportedServiceProfiles: z.array(openEnum(serviceProfileSchema)).optional(),
  fapiModes: z.array(openEnum(fapiModeSchema)).optional(),
  grantManagementActionRequired: z.boolean().optional(),
};
