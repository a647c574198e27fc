import { z } from "zod";

/** `POST client/registration/get`: the registration of a client (RFC 7592 2.1). */
export const clientRegistrationGetRequestSchema = z.object({
  clientId: z.string(),
  /** The registration access token. */
  token: z.string(),
});
export { clientRegistrationResponseSchema as clientRegistrationGetResponseSchema } from "./client-registration.ts";
