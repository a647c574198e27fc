import { z } from "zod";
import { authorizationSettings } from "./service/authorization.ts";
import { claimSettings } from "./service/claims.ts";
import { clientRegistrationSettings } from "./service/client-registration.ts";
import { credentialSettings } from "./service/credentials.ts";
import { deviceAndBackchannelSettings } from "./service/device-and-backchannel.ts";
import { endpointSettings } from "./service/endpoints.ts";
import { keySettings } from "./service/keys.ts";
import { registrationSettings } from "./service/registration.ts";
import { tokenSettings } from "./service/tokens.ts";

/**
 * The Service object of the Authlete 3.0 API. Durations are seconds, timestamps milliseconds since the epoch.
 * Members that the API does not list yet are kept, because an update replaces the whole object.
 */
export const serviceSchema = z.looseObject({
  ...registrationSettings,
  ...endpointSettings,
  ...authorizationSettings,
  ...tokenSettings,
  ...keySettings,
  ...claimSettings,
  ...deviceAndBackchannelSettings,
  ...clientRegistrationSettings,
  ...credentialSettings,
});

export type Service = z.infer<typeof serviceSchema>;
