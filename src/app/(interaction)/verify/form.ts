import { z } from "zod";

/** What the form behind a mailed link sends. */
export const verifyForm = {
  purpose: "verify-email",
  schema: z.strictObject({ formToken: z.string(), token: z.string() }),
} as const;
