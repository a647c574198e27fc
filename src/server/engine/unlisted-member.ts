import { z } from "zod";
import { listedValues } from "../authlete/enumerations.ts";

/**
 * The first member, at any depth, whose value is not among those that its enumeration has. Whatever is stored comes out in
 * answers again, and one unlisted value spoils a whole answer for a caller with closed enumerations.
 *
 * @param schema the schema of the message.
 * @param value a message that fits the schema.
 * @returns the name of the outermost member.
 */
export function unlistedMember<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  value: Readonly<Record<string, unknown>>,
): (keyof Shape & string) | undefined {
  return Object.keys(schema.shape).find((name) => !isListed(schema.shape[name], value[name]));
}

function isListed(schema: unknown, value: unknown): boolean {
  if (value === undefined) return true;
  if (schema instanceof z.ZodOptional) return isListed(schema.unwrap(), value);
  if (schema instanceof z.ZodArray) {
    return Array.isArray(value) && value.every((entry) => isListed(schema.element, entry));
  }
  if (schema instanceof z.ZodObject) {
    return unlistedMember(schema, value as Record<string, unknown>) === undefined;
  }
  const values = listedValues(schema as z.core.$ZodType);
  return values === undefined || values.includes(String(value));
}
