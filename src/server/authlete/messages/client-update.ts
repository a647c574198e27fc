import { z } from "zod";
import { clientSchema } from "../client.ts";

/** `POST client/update/{clientId}`: replaces the settings of a client. What is left out is reset: read, change, write the whole. */
export const clientUpdateRequestSchema = clientSchema.extend({
  /** Client identifier: the number, or an alias where aliases are enabled. */
  clientId: z.string(),
});
/** The settings as they are now. */
export const clientUpdateResponseSchema = clientSchema;
