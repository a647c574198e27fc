import { z } from "zod";

/** `POST client/registration/delete`: ends the registration of a client (RFC 7592 2.3). */
export const clientRegistrationDeleteRequestSchema = z.object({
  clientId: z.string(),
  /** The registration access token. */
  token: z.string(),
});
export { clientRegistrationResponseSchema as clientRegistrationDeleteResponseSchema } from "./client-registration.ts";
