import { z } from "zod";
import { resultMembers } from "../result.ts";

/** `POST client/secret/update/{clientIdentifier}`: a new secret of the caller's choice. */
export const clientSecretUpdateRequestSchema = z.object({
  clientIdentifier: z.string(),
  /** 1 to 86 characters of `A-Za-z0-9_-`. */
  clientSecret: z.string(),
});
export const clientSecretUpdateResponseSchema = z.looseObject({
  ...resultMembers,
  newClientSecret: z.string().optional(),
  oldClientSecret: z.string().optional(),
});
