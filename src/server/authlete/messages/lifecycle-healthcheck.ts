import { z } from "zod";

/** `GET /api/lifecycle/healthcheck`: does the engine work? */
export const lifecycleHealthcheckRequestSchema = z.object({
  /** Looks at the database too. */
  extended: z.boolean().optional(),
});
/** A plain text, no JSON. */
export const lifecycleHealthcheckResponseSchema = z.string();
