import { z } from "zod";
import { deliveryModeSchema, openEnum, userCodeCharsetSchema } from "../enumerations.ts";

/** The device grant (RFC 8628) and CIBA. */
export const deviceAndBackchannelSettings = {
  deviceAuthorizationEndpoint: z.string().optional(),
  deviceVerificationUri: z.string().optional(),
  /** May contain the placeholder `USER_CODE`. */
  deviceVerificationUriComplete: z.string().optional(),
  deviceFlowCodeDuration: z.int().optional(),
  deviceFlowPollingInterval: z.int().optional(),
  userCodeCharset: openEnum(userCodeCharsetSchema).optional(),
  userCodeLength: z.int().optional(),

  backchannelAuthenticationEndpoint: z.string().optional(),
  supportedBackchannelTokenDeliveryModes: z.array(openEnum(deliveryModeSchema)).optional(),
  backchannelAuthReqIdDuration: z.int().optional(),
  backchannelPollingInterval: z.int().optional(),
  backchannelUserCodeParameterSupported: z.boolean().optional(),
  backchannelBindingMessageRequiredInFapi: z.boolean().optional(),
  /** The session that a caller names becomes the claim `sid` of ID tokens. Newer than the official document. */
  backchannelLogoutSessionSupported: z.boolean().optional(),
};
