import { z } from "zod";
import { resultMembers } from "../result.ts";

/** `POST client/lock_flag/update/{clientIdentifier}`: locks a client, or unlocks it. */
export const clientLockFlagUpdateRequestSchema = z.object({
  clientIdentifier: z.string(),
  clientLocked: z.boolean(),
});
export const clientLockFlagUpdateResponseSchema = z.looseObject(resultMembers);
