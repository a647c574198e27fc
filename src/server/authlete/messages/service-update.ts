import { serviceSchema } from "../service.ts";

/** `POST service/update`: replaces the settings of the service. What is left out is reset: read, change, write the whole. */
export const serviceUpdateRequestSchema = serviceSchema;
/** The settings as they are now. */
export const serviceUpdateResponseSchema = serviceSchema;
