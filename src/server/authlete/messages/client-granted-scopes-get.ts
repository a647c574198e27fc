import { z } from "zod";
import { resultMembers } from "../result.ts";

/** `GET client/granted_scopes/get/{clientId}`: the scopes a user ever granted to a client. Tokens may be gone by now. */
export const clientGrantedScopesGetRequestSchema = z.object({ clientId: z.string(), subject: z.string() });
export const clientGrantedScopesGetResponseSchema = z.looseObject({
  ...resultMembers,
  /** The service. */
  serviceApiKey: z.int().optional(),
  clientId: z.int().optional(),
  subject: z.string().optional(),
  /** Those of the last grant, and those of all grants. Absent: there was none. */
  latestGrantedScopes: z.array(z.string()).optional(),
  mergedGrantedScopes: z.array(z.string()).optional(),
  /** Milliseconds since the epoch. */
  modifiedAt: z.int().optional(),
});
