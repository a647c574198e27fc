import { z } from "zod";

/** Something that a schema takes, as it stands in a message: every member is there, every list has one entry. */
export function sampleOf(schema: z.core.$ZodType): unknown {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return sampleOf(schema.unwrap());
  if (schema instanceof z.ZodEnum) return schema.options[0];
  if (schema instanceof z.ZodString) return "a text & more = ü";
  if (schema instanceof z.ZodNumber) return 7;
  if (schema instanceof z.ZodBoolean) return true;
  if (schema instanceof z.ZodArray) return [sampleOf(schema.element)];
  if (schema instanceof z.ZodUnion) return sampleOf(schema.options[0] as z.core.$ZodType);
  if (schema instanceof z.ZodObject) return sampleMembers(schema);
  throw new Error(`no sample of ${schema._zod.def.type}`);
}

/** A request with a sample of every member. */
export function sampleMembers(schema: z.ZodObject): Record<string, unknown> {
  const members = Object.entries(schema.shape).map(([name, member]) => [name, sampleOf(member)]);
  return Object.fromEntries(members);
}
