import { z } from "zod";
import { serviceSchema } from "../service.ts";

/** `GET service/get`: the settings of the service. */
export const serviceGetRequestSchema = z.object({});
export const serviceGetResponseSchema = serviceSchema;
