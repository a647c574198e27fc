import { z } from "zod";
import { TooDeepError, withoutNulls } from "../authlete/absent.ts";
import { refuseCall } from "./call-refusal.ts";
import { unlistedMember } from "./unlisted-member.ts";

/**
 * What a request sets of a client or service that is to be stored. Members that the API does not know, at any depth, and those that
 * are read-only are left aside; an empty text counts as not given.
 *
 * @param schema the schema of the whole.
 * @param request as it came; any member may be anything.
 * @throws CallRefusal (400) with the name of the first member that is not what it can be.
 */
export function readSettings<Settings extends z.ZodObject>(
  schema: Settings,
  { request, readOnly }: { request: object; readOnly: readonly string[] },
): z.infer<Settings> {
  const given = shallowEnough(request);
  const names = Object.keys(schema.shape).filter((name) => !readOnly.includes(name) && isGiven(given, name));
  const known = names.map((name) => [name, withoutUnknown(schema.shape[name], given[name])]);
  const parsed = schema.safeParse(Object.fromEntries(known));
  if (!parsed.success) return refuseCall("A126202", String(parsed.error.issues[0]?.path[0]));
  const unlisted = unlistedMember(schema, parsed.data);
  return unlisted === undefined ? parsed.data : refuseCall("A126202", unlisted);
}

function shallowEnough(request: object): Record<string, unknown> {
  try {
    return withoutNulls(request) as Record<string, unknown>;
  } catch (error) {
    if (error instanceof TooDeepError) return refuseCall("A126202");
    throw error;
  }
}

function isGiven(request: Record<string, unknown>, name: string): boolean {
  return Object.hasOwn(request, name) && request[name] !== undefined && request[name] !== "";
}

/** A value without the members that its schema does not have. What is not of its type stays, to be refused. */
function withoutUnknown(schema: unknown, value: unknown): unknown {
  if (schema instanceof z.ZodOptional) return withoutUnknown(schema.unwrap(), value);
  if (schema instanceof z.ZodArray && Array.isArray(value)) {
    return value.map((entry) => withoutUnknown(schema.element, entry));
  }
  if (!(schema instanceof z.ZodObject) || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value;
  const names = Object.keys(schema.shape).filter((name) => Object.hasOwn(value, name));
  return Object.fromEntries(
    names.map((name) => [name, withoutUnknown(schema.shape[name], (value as Record<string, unknown>)[name])]),
  );
}
