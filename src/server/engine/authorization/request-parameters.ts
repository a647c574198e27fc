import type { Form } from "../form.ts";
import { parseForm } from "../form.ts";
import { type RefusalCode, refuse } from "../refusal.ts";

/** The parameters of an authorization request, whichever way they came: by query or form, in a request object, pushed. */
export type RequestParameters = {
  readonly form: Form;
  /** Names of members of the request object whose JSON type the parameter cannot have. */
  readonly mistyped: ReadonlySet<string>;
  /** JSON text of the payload of the request object. */
  readonly requestObjectPayload?: string;
  /** They were pushed: with the hash of their `request_uri` once it exists, and the key of the proof that came with them. */
  readonly pushed?: { readonly hash?: string; readonly dpopJkt: string | undefined };
};

/** The codes for a parameter that has no text in the request object, and for one that is given more than once. */
export type ParameterCodes = readonly [mistyped: RefusalCode, repeated: RefusalCode];

/** Bytes of a request at most. Anybody can send one, and every good one is kept for as long as its ticket. */
const LARGEST = 131_072;

/**
 * Reads the parameters of a call: the query string or the form body of the authorization request, undecoded.
 *
 * @throws Refusal A004201, A004202 (faults of the caller), A004301 when there is nothing to read, A004304 when there is too much.
 */
export function readParameters(parameters: unknown): Form {
  if (parameters === undefined || parameters === null) return refuse("A004201");
  if (typeof parameters !== "string") return refuse("A004202");
  if (parameters.trim() === "") return refuse("A004301");
  if (Buffer.byteLength(parameters) > LARGEST) return refuse("A004304");
  return parseForm(parameters);
}

/** Parameters as they stand in a query or form. */
export function plainParameters(form: Form): RequestParameters {
  return { form, mistyped: new Set() };
}

/** The one value of a parameter, even an empty one; `undefined` when it is not there. */
export function givenParameter(
  { form, mistyped }: RequestParameters,
  name: string,
  [mistypedCode, repeatedCode]: ParameterCodes,
): string | undefined {
  if (mistyped.has(name)) refuse(mistypedCode);
  const values = form.get(name);
  if (values && values.length > 1) refuse(repeatedCode);
  return values?.[0];
}

/** The one value of a parameter; an empty one counts as not given (RFC 6749 3.1). */
export function parameter(
  parameters: RequestParameters,
  name: string,
  codes: ParameterCodes,
): string | undefined {
  return givenParameter(parameters, name, codes) || undefined;
}

/** The words of a parameter that is a list with spaces in between, each once; `undefined` when there are none. */
export function words(
  parameters: RequestParameters,
  name: string,
  codes: ParameterCodes,
): string[] | undefined {
  const list =
    parameter(parameters, name, codes)
      ?.split(" ")
      .filter((word) => word !== "") ?? [];
  return list.length > 0 ? [...new Set(list)] : undefined;
}
