import { z } from "zod";

/** `POST client/registration/update`: replaces the registration of a client (RFC 7592 2.2). */
export const clientRegistrationUpdateRequestSchema = z.object({
  clientId: z.string(),
  /** The registration access token. */
  token: z.string(),
  /** JSON text of the client metadata, as received. */
  json: z.string(),
});
export { clientRegistrationResponseSchema as clientRegistrationUpdateResponseSchema } from "./client-registration.ts";
