import { z } from "zod";
import { resultMembers } from "../result.ts";

/** `GET client/secret/refresh/{clientIdentifier}`: a new secret of the engine's choice. */
export const clientSecretRefreshRequestSchema = z.object({ clientIdentifier: z.string() });
export const clientSecretRefreshResponseSchema = z.looseObject({
  ...resultMembers,
  newClientSecret: z.string().optional(),
  oldClientSecret: z.string().optional(),
});
