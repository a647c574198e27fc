import { z } from "zod";

/** `GET service/configuration`: the discovery document of the service (RFC 8414, OpenID Connect Discovery 1.0). */
export const serviceConfigurationRequestSchema = z.object({
  pretty: z.boolean().optional(),
  /** JSON text of a JSON Patch (RFC 6902), applied to the document. */
  patch: z.string().optional(),
});

/** The document as it is published. */
export const serviceConfigurationResponseSchema = z.looseObject({});
