import { z } from "zod";

/** What the form for a link sends. */
export const requestForm = {
  purpose: "reset-request",
  schema: z.strictObject({ formToken: z.string(), email: z.string(), next: z.string().optional() }),
  kept: ["email"],
} as const;

/** What the form behind a mailed link sends. */
export const newPasswordForm = {
  purpose: "reset",
  schema: z.strictObject({ formToken: z.string(), token: z.string(), password: z.string() }),
} as const;
