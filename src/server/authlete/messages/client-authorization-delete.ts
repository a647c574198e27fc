import { z } from "zod";
import { resultMembers } from "../result.ts";

/** `DELETE client/authorization/delete/{clientId}`: removes the tokens that a client holds of a user. */
export const clientAuthorizationDeleteRequestSchema = z.object({ clientId: z.string(), subject: z.string() });
export const clientAuthorizationDeleteResponseSchema = z.looseObject(resultMembers);
