import { z } from "zod";

/** `DELETE service/delete`: removes the service with all it has. */
export const serviceDeleteRequestSchema = z.object({});
export const serviceDeleteResponseSchema = z.object({});
