import { z } from "zod";

/** What the form for another password sends. */
export const changeForm = {
  purpose: "password-change",
  schema: z.strictObject({
    formToken: z.string(),
    current: z.string(),
    password: z.string(),
    endApplications: z.literal("yes").optional(),
  }),
  kept: ["endApplications"],
} as const;

/** What the button for a mail to verify the address sends. */
export const verificationForm = {
  purpose: "verify-email-request",
  schema: z.strictObject({ formToken: z.string() }),
} as const;
