import { isJsonObject } from "../../json-object.ts";
import type { RequestParameters } from "../request-parameters.ts";

/** Parameters of a request object in the form that they have in a query. */
export type PayloadParameters = Pick<RequestParameters, "form" | "mistyped">;

/** The values of a member in a query, or `undefined` when it has a type that the parameter cannot have. */
type Reader = (value: unknown) => readonly string[] | undefined;

const text: Reader = (value) => (typeof value === "string" ? [value] : undefined);

const number: Reader = (value) => (typeof value === "number" ? [String(value)] : text(value));

const object: Reader = (value) => (isJsonObject(value) ? json(value) : undefined);

const list: Reader = (value) => (Array.isArray(value) ? json(value) : undefined);

const texts: Reader = (value) =>
  Array.isArray(value) && value.every((entry) => typeof entry === "string") ? value : text(value);

/** Parameters that are more than a text in JSON (RFC 9101 4). */
const readers: ReadonlyMap<string, Reader> = new Map([
  ["max_age", number],
  ["claims", object],
  ["registration", object],
  ["authorization_details", list],
  ["resource", texts],
]);

/** Claims of the JWT itself, which are no parameters. */
const jwtClaims: ReadonlySet<string> = new Set(["iss", "sub", "aud", "exp", "nbf", "iat", "jti"]);

/** Reads the payload of a request object as parameters. */
export function parametersOf(payload: Record<string, unknown>): PayloadParameters {
  const form = new Map<string, readonly string[]>();
  const mistyped = new Set<string>();
  for (const [name, value] of Object.entries(payload)) {
    if (jwtClaims.has(name) || value === null) continue;
    const values = (readers.get(name) ?? text)(value);
    if (values) form.set(name, values);
    else mistyped.add(name);
  }
  return { form, mistyped };
}

/** What is nested too deep to be written is of no use to a parameter. */
function json(value: object): readonly string[] | undefined {
  try {
    return [JSON.stringify(value)];
  } catch {
    return undefined;
  }
}
