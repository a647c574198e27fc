import { z } from "zod";
import { clientSchema } from "../client.ts";
import { rangeMembers } from "../request-members.ts";

/** `GET client/get/list`: the clients of the service. */
export const clientGetListRequestSchema = z.object({
  /** Only those of this developer. */
  developer: z.string().optional(),
  ...rangeMembers,
});
export const clientGetListResponseSchema = z.looseObject({
  ...rangeMembers,
  totalCount: z.int().optional(),
  clients: z.array(clientSchema).optional(),
});
