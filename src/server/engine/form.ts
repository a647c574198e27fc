import { type RefusalCode, refuse } from "./refusal.ts";

/** The parameters of a form body, each with all its values in their order. */
export type Form = ReadonlyMap<string, readonly string[]>;

/**
 * Parses `application/x-www-form-urlencoded` the way browsers do (URL Standard): a broken percent sequence stays as it
 * is, so any text parses.
 */
export function parseForm(text: string): Form {
  const form = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(text)) {
    const values = form.get(name);
    if (values) values.push(value);
    else form.set(name, [value]);
  }
  return form;
}

/** The codes for a parameter that is missing, empty, or given more than once. */
type PresenceCodes = readonly [missing: RefusalCode, empty: RefusalCode, repeated: RefusalCode];

/** The value of a parameter that has to be there once, with something in it. */
export function requiredParameter(form: Form, name: string, codes: PresenceCodes): string {
  const values = form.get(name);
  if (!values) refuse(codes[0]);
  if (values.length > 1) refuse(codes[2]);
  const [value] = values;
  return value || refuse(codes[1]);
}

/** The value of a parameter that may be absent (RFC 6749 3.2: without a value it counts as omitted). */
export function optionalParameter(form: Form, name: string, repeated: RefusalCode): string | undefined {
  const values = form.get(name);
  if (!values) return undefined;
  if (values.length > 1) refuse(repeated);
  return values[0] || undefined;
}
