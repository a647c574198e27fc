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
 * @param form what an action was called with: anybody can call it with anything.
 * @returns the members, or `undefined`.
 */
export function readLoginForm(form: unknown): z.infer<typeof loginFormSchema> | undefined {
  if (!(form instanceof FormData)) return undefined;
  const entries = [...form].filter(([name]) => !name.startsWith("$ACTION_"));
  if (new Set(entries.map(([name]) => name)).size !== entries.length) return undefined;
  return loginFormSchema.safeParse(Object.fromEntries(entries)).data;
}
