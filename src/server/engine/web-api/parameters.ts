import { z } from "zod";
import { WebApiRefusal } from "./refusal.ts";

/** Turns the values of one parameter into a member; `undefined` when they say nothing. */
type Reader = (member: string, values: readonly string[]) => unknown;

/**
 * Makes a reader of parameters (a form body, or a query) for the members of a request.
 *
 * Numbers and booleans are written as in JSON; a list is a parameter that is repeated, or the text of a JSON array; an
 * object is the text of a JSON object. An empty value of anything but a text counts as absent. Other parameters are left
 * aside.
 *
 * @returns a function that throws WebApiRefusal (400), naming the member that cannot be read.
 */
export function createParameterReader(
  schema: z.ZodObject,
): (parameters: URLSearchParams) => Record<string, unknown> {
  const readers = Object.entries(schema.shape).map(
    ([member, memberSchema]) => [member, readerFor(memberSchema)] as const,
  );
  return (parameters) => {
    const members: Record<string, unknown> = {};
    for (const [member, read] of readers) {
      const values = parameters.getAll(member);
      const value = values.length === 0 ? undefined : read(member, values);
      if (value !== undefined) members[member] = value;
    }
    return members;
  };
}

function readerFor(schema: unknown): Reader {
  if (schema instanceof z.ZodOptional) return readerFor(schema.unwrap());
  if (schema instanceof z.ZodArray) return readList;
  if (schema instanceof z.ZodString || schema instanceof z.ZodEnum) return single;
  if (schema instanceof z.ZodUnion && schema.options.some(isText)) return single;
  return readJsonText;
}

function isText(schema: unknown): boolean {
  return schema instanceof z.ZodString;
}

/** A parameter that is repeated has no one value. */
function single(member: string, values: readonly string[]): string {
  const [value] = values;
  if (value === undefined || values.length > 1) throw new WebApiRefusal("wrongMember", { member });
  return value;
}

/** Numbers, booleans and objects. Their type is checked with the other members'. */
function readJsonText(member: string, values: readonly string[]): unknown {
  const text = single(member, values);
  return text === "" ? undefined : parseJsonText(member, text);
}

function readList(member: string, values: readonly string[]): unknown {
  const [first = ""] = values;
  if (values.length > 1) return values;
  if (first === "") return undefined;
  return first.startsWith("[") ? parseJsonText(member, first) : values;
}

function parseJsonText(member: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new WebApiRefusal("wrongMember", { member });
  }
}
