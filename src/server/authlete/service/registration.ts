import { z } from "zod";
import { openEnum, snsSchema } from "../enumerations.ts";
import { pairSchema } from "../members.ts";

const snsCredentialsSchema = z.looseObject({
  sns: z.string().optional(),
  apiKey: z.string().optional(),
  apiSecret: z.string().optional(),
});

/** What the service is called, who owns it, and free data. */
export const registrationSettings = {
  /** Identifies the service inside Authlete; in 3.0 `apiKey` is the service id. */
  number: z.int().optional(),
  apiKey: z.int().optional(),
  apiSecret: z.string().optional(),
  serviceName: z.string().optional(),
  /** The `iss` of what the service signs, and an audience of what is signed for it. */
  issuer: z.string().optional(),
  description: z.string().optional(),
  serviceOwnerNumber: z.int().optional(),
  clientsPerDeveloper: z.int().optional(),
  createdAt: z.int().optional(),
  modifiedAt: z.int().optional(),
  metadata: z.array(pairSchema).optional(),
  /** Free entries, returned with token calls as `serviceAttributes`. */
  attributes: z.array(pairSchema).optional(),
  organizationName: z.string().optional(),

  clientIdAliasEnabled: z.boolean().optional(),
  errorDescriptionOmitted: z.boolean().optional(),
  errorUriOmitted: z.boolean().optional(),
  unauthorizedOnClientConfigSupported: z.boolean().optional(),
  tokenBatchNotificationEndpoint: z.string().optional(),

  authenticationCallbackEndpoint: z.string().optional(),
  authenticationCallbackApiKey: z.string().optional(),
  authenticationCallbackApiSecret: z.string().optional(),
  developerAuthenticationCallbackEndpoint: z.string().optional(),
  developerAuthenticationCallbackApiKey: z.string().optional(),
  developerAuthenticationCallbackApiSecret: z.string().optional(),
  supportedSnses: z.array(openEnum(snsSchema)).optional(),
  snsCredentials: z.array(snsCredentialsSchema).optional(),
};
