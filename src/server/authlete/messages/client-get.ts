import { z } from "zod";
import { clientSchema } from "../client.ts";

/** `GET client/get/{clientId}`: a registered client application, its secret included. */
export const clientGetRequestSchema = z.object({
  /** Client identifier: the number, or an alias where aliases are enabled. */
  clientId: z.string(),
});
export const clientGetResponseSchema = clientSchema;
