import { z } from "zod";
import type { PublicError } from "../../../server/flow/error.ts";

/** What the login form sends. User name and password have their rules in `login.password`; here only their type counts. */
const loginFormSchema = z.strictObject({
  formToken: z.string(),
  username: z.string(),
  password: z.string(),
  next: z.string(),
});

/** What the login form shows after it was sent without JavaScript. The password is never part of it. */
export type LoginState = { fault?: PublicError; username: string };

/**
 * Reads the login form. React's own members of a form are left out; any other unknown member, a file, or a member sent
 * twice makes the form invalid.
 *
 * @returns the members, or `undefined`.
 */
export function readLoginForm(form: FormData): z.infer<typeof loginFormSchema> | undefined {
  const entries = [...form].filter(([name]) => !name.startsWith("$ACTION_"));
  if (new Set(entries.map(([name]) => name)).size !== entries.length) return undefined;
  return loginFormSchema.safeParse(Object.fromEntries(entries)).data;
}
