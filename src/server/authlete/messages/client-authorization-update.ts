import { z } from "zod";
import { resultMembers } from "../result.ts";

/** `POST client/authorization/update/{clientId}`: changes the scopes of the tokens that a client holds of a user. */
export const clientAuthorizationUpdateRequestSchema = z.object({
  clientId: z.string(),
  subject: z.string(),
  scopes: z.array(z.string()).optional(),
});
export const clientAuthorizationUpdateResponseSchema = z.looseObject(resultMembers);
