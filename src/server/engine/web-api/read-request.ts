import type { z } from "zod";
import { withoutNulls } from "../../authlete/absent.ts";
import { type OperationName, operations } from "../../authlete/operations.ts";
import { readBody } from "./body.ts";
import { createParameterReader } from "./parameters.ts";
import { WebApiRefusal } from "./refusal.ts";
import type { Route } from "./route.ts";

type Members = Record<string, unknown>;

/** Missing members are for the operation to refuse: each has its result code. */
const readers = Object.fromEntries(
  Object.entries(operations).map(([name, { request }]) => [
    name,
    { schema: request.partial() as z.ZodObject, parameters: createParameterReader(request) },
  ]),
) as Record<OperationName, { schema: z.ZodObject; parameters: (text: URLSearchParams) => Members }>;

/**
 * The message in a call of the Web API: from the path, and from the query of a GET or DELETE request or the JSON or form
 * body of a POST or PUT request. Members that are `null` count as absent, members that the contract does not know are left
 * aside, except in a client or service that is to be stored.
 *
 * @throws WebApiRefusal with 400, 413 or 415.
 */
export async function readMessage(
  request: Request,
  query: string,
  { name, members }: Route,
): Promise<Members> {
  const { schema, parameters } = readers[name];
  const given = hasBody(request)
    ? await readMembers(request, parameters)
    : parameters(new URLSearchParams(query));
  const checked = schema.safeParse(presentMembers(withPathMembers(given, members)));
  if (checked.success) return checked.data;
  const path = checked.error.issues[0]?.path.join(".");
  throw path ? new WebApiRefusal("wrongMember", { member: path }) : new WebApiRefusal("notAnObject");
}

function hasBody({ method }: Request): boolean {
  return method === "POST" || method === "PUT";
}

/** What the path says comes before what the body says: the body of an update has the number of the client too. */
function withPathMembers(given: unknown, members: Record<string, string>): unknown {
  const isObject = typeof given === "object" && given !== null && !Array.isArray(given);
  return isObject ? { ...given, ...members } : given;
}

async function readMembers(
  request: Request,
  parameters: (form: URLSearchParams) => Members,
): Promise<unknown> {
  const isForm = checkContentType(request.headers.get("content-type"));
  const text = await readBody(request);
  if (text.trim() === "") throw new WebApiRefusal("emptyBody");
  return isForm ? parameters(new URLSearchParams(text)) : parseJson(text);
}

/** Tells whether the body is a form; the other choice is JSON. */
function checkContentType(header: string | null): boolean {
  const type = header?.split(";", 1)[0]?.trim().toLowerCase();
  if (!type) throw new WebApiRefusal("missingContentType");
  if (type === "application/json") return false;
  if (type === "application/x-www-form-urlencoded") return true;
  throw new WebApiRefusal("unsupportedContentType");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new WebApiRefusal("notAnObject");
  }
}

function presentMembers(given: unknown): unknown {
  try {
    return withoutNulls(given);
  } catch {
    throw new WebApiRefusal("notAnObject");
  }
}
