import { z } from "zod";

/** `DELETE auth/token/delete/{accessTokenIdentifier}`: removes an access token and its refresh token. */
export const tokenDeleteRequestSchema = z.object({
  /** The access token or its hash. */
  accessTokenIdentifier: z.string(),
});
export const tokenDeleteResponseSchema = z.object({});
