import { z } from "zod";

/** `DELETE client/delete/{clientId}`: removes a client and its tokens. */
export const clientDeleteRequestSchema = z.object({
  /** Client identifier: the number, or an alias where aliases are enabled. */
  clientId: z.string(),
});
export const clientDeleteResponseSchema = z.object({});
