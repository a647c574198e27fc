import { z } from "zod";
import { limitedClientSchema } from "../limited-client.ts";
import { rangeMembers } from "../request-members.ts";

/** `GET client/authorization/get/list`: the clients that hold tokens of a user. */
export const clientAuthorizationGetListRequestSchema = z.object({
  subject: z.string(),
  /** Only clients of this developer. */
  developer: z.string().optional(),
  ...rangeMembers,
});
export const clientAuthorizationGetListResponseSchema = z.looseObject({
  ...rangeMembers,
  developer: z.string().optional(),
  subject: z.string().optional(),
  totalCount: z.int().optional(),
  clients: z.array(limitedClientSchema).optional(),
});
