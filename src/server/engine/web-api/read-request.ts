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
 * The message in a call of the Web API: from the query of a GET request, from the JSON or form body of a POST request.
 * Members that are `null` count as absent, members that the contract does not know are left aside.
 *
 * @throws WebApiRefusal with 400, 413 or 415.
 */
export async function readMessage(
  request: Request,
  query: string,
  { name, members }: Route,
): Promise<Members> {
  const { schema, parameters } = readers[name];
  const given =
    request.method === "GET"
      ? { ...parameters(new URLSearchParams(query)), ...members }
      : await readMembers(request, parameters);
  const checked = schema.safeParse(presentMembers(given));
  if (checked.success) return checked.data;
  const path = checked.error.issues[0]?.path.join(".");
  throw path ? new WebApiRefusal("wrongMember", { member: path }) : new WebApiRefusal("notAnObject");
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
