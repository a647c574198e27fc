import { z } from "zod";
import { resultMembers } from "../result.ts";

/** `DELETE client/granted_scopes/delete/{clientId}`: forgets what a user granted to a client. */
export const clientGrantedScopesDeleteRequestSchema = z.object({ clientId: z.string(), subject: z.string() });
export const clientGrantedScopesDeleteResponseSchema = z.looseObject(resultMembers);
