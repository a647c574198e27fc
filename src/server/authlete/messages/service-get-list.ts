import { z } from "zod";
import { rangeMembers } from "../request-members.ts";
import { serviceSchema } from "../service.ts";

/** `GET /api/service/get/list`: the services that the access token opens. */
export const serviceGetListRequestSchema = z.object(rangeMembers);
export const serviceGetListResponseSchema = z.looseObject({
  ...rangeMembers,
  totalCount: z.int().optional(),
  services: z.array(serviceSchema).optional(),
});
