import { z } from "zod";
import { clientSchema } from "../client.ts";
import { answer, branch } from "../result.ts";

/** `POST client/registration`: registers a client (RFC 7591). */
export const clientRegistrationRequestSchema = z.object({
  /** JSON text of the client metadata, as received. */
  json: z.string(),
  /** The initial access token, where the request carries one. */
  token: z.string().optional(),
});
export type ClientRegistrationRequest = z.infer<typeof clientRegistrationRequestSchema>;

/** The answer of `client/registration` and of what reads, updates and deletes a registration (RFC 7592). */
export const clientRegistrationResponseSchema = answer([
  branch("CREATED", { responseContent: z.string(), client: clientSchema.optional() }),
  branch("OK", { responseContent: z.string(), client: clientSchema.optional() }),
  branch("UPDATED", { responseContent: z.string(), client: clientSchema.optional() }),
  branch("DELETED", { responseContent: z.string().optional(), client: clientSchema.optional() }),
  branch("BAD_REQUEST", { responseContent: z.string() }),
  branch("UNAUTHORIZED", { responseContent: z.string().optional() }),
  branch("INTERNAL_SERVER_ERROR", { responseContent: z.string().optional() }),
]);
export type ClientRegistrationResponse = z.infer<typeof clientRegistrationResponseSchema>;
