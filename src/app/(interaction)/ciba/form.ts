import { z } from "zod";

const decisionFormSchema = z.strictObject({
  formToken: z.string(),
  id: z.string().regex(/^[\w-]{43}$/),
  decision: z.enum(["allow", "deny"]),
});

/**
 * Reads the form of a decision. React's own members are left out; any other unknown member, a file, or a member sent twice makes the form
 * invalid.
 *
 * @param form what an action was called with: anybody can call it with anything.
 */
export function readDecisionForm(form: unknown): z.infer<typeof decisionFormSchema> | undefined {
  if (!(form instanceof FormData)) return undefined;
  const entries = [...form].filter(([name]) => !name.startsWith("$ACTION_"));
  if (new Set(entries.map(([name]) => name)).size !== entries.length) return undefined;
  return decisionFormSchema.safeParse(Object.fromEntries(entries)).data;
}
