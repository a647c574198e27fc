import { z } from "zod";
import { resultMembers } from "../result.ts";

/** `POST jose/verify`: is this JWT well formed, signed by the service or a client, and in force? */
export const joseVerifyRequestSchema = z.object({
  jose: z.string(),
  mandatoryClaims: z.array(z.string()).optional(),
  /** Seconds. */
  clockSkew: z.int().optional(),
  /** The client whose keys count, where the object is signed by a client. */
  clientIdentifier: z.string().optional(),
  signedByClient: z.boolean().optional(),
});
export const joseVerifyResponseSchema = z.looseObject({
  ...resultMembers,
  valid: z.boolean().optional(),
  signatureValid: z.boolean().optional(),
  missingClaims: z.array(z.string()).optional(),
  invalidClaims: z.array(z.string()).optional(),
  errorDescriptions: z.array(z.string()).optional(),
});
