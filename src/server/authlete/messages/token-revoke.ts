import { z } from "zod";
import { resultMembers } from "../result.ts";

/** `POST auth/token/revoke`: ends one token, or all of a client, a user, or both. The first member that is given counts. */
export const tokenRevokeRequestSchema = z.object({
  /** The access token or its hash. */
  accessTokenIdentifier: z.string().optional(),
  /** The refresh token or its hash. */
  refreshTokenIdentifier: z.string().optional(),
  /** With a `subject`: the tokens of both together. */
  clientIdentifier: z.string().optional(),
  subject: z.string().optional(),
});
export const tokenRevokeResponseSchema = z.looseObject({
  ...resultMembers,
  /** How many tokens ended. */
  count: z.int().optional(),
});
