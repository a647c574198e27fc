import { z } from "zod";

/** What the registration form sends. The fields have their rules in the use case; here only their type counts. */
export const registerForm = {
  purpose: "register",
  schema: z.strictObject({
    formToken: z.string(),
    username: z.string(),
    name: z.string(),
    email: z.string(),
    password: z.string(),
    next: z.string(),
  }),
  kept: ["username", "name", "email"],
} as const;

/** What the form behind a mailed link sends. */
export const confirmForm = {
  purpose: "register-confirm",
  schema: z.strictObject({ formToken: z.string(), token: z.string(), password: z.string() }),
} as const;
