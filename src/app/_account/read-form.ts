import type { z } from "zod";

/**
 * Reads a form. React's own members of it are left out; any other unknown member, a file, or a member sent twice makes it invalid.
 *
 * @param schema strict, all members texts.
 * @param form what an action was called with: anybody can call it with anything.
 * @returns the members, or `undefined`.
 */
export function readForm<Values>(schema: z.ZodType<Values>, form: unknown): Values | undefined {
  if (!(form instanceof FormData)) return undefined;
  const entries = [...form].filter(([name]) => !name.startsWith("$ACTION_"));
  if (new Set(entries.map(([name]) => name)).size !== entries.length) return undefined;
  return schema.safeParse(Object.fromEntries(entries)).data;
}
