import { areArgumentFields, areArguments, isActionForm } from "./action-arguments.ts";
import { BodyTooLargeError, readBytes } from "./body.ts";
import { boundaryOf, readFormFields } from "./form-fields.ts";
import { type RoutingRefusal, refusal } from "./routing-refusal.ts";

/** No form of ours comes near it. */
const BODY_BYTES = 65_536;

const FORM_TYPE = "multipart/form-data";
const SCRIPT_TYPE = /^text\/plain; ?charset=utf-8$/i;

const METHODS = ["GET", "HEAD", "POST"];

const wrongMethod = refusal(405, "A page does not have this method.", { allow: METHODS.join(", ") });
const wrongType = refusal(415, "A page takes the forms of this site only.");
const tooLarge = refusal(413, "The form is too large.", { connection: "close" });
const unreadable = refusal(400, "The form cannot be read. Open the page again and send it from there.");

type Head = { method: string; headers: Pick<Headers, "get" | "has"> };

/**
 * Refuses what a page does not take, by its head alone: other methods, and what is none of our forms. Next answers most of it with 500, and reads
 * any length of it first.
 *
 * @returns `undefined` for a request that only reads, and for what may be one of our forms.
 */
export function pageRefusal({ method, headers }: Head): RoutingRefusal | undefined {
  if (!METHODS.includes(method)) return wrongMethod;
  if (method !== "POST") return undefined;
  const type = headers.get("content-type") ?? "";
  const isForm = type.split(";")[0] === FORM_TYPE;
  if (!isForm && !(SCRIPT_TYPE.test(type) && headers.has("next-action"))) return wrongType;
  const declared = headers.get("content-length");
  if (declared !== null && !(Number(declared) <= BODY_BYTES)) return tooLarge;
  return isForm && boundaryOf(type) === undefined ? unreadable : undefined;
}

/**
 * Refuses what a page does not take, by its head and its body. What is let through Next can decode.
 *
 * @param request its body is read.
 */
export async function pageFormRefusal(request: Request): Promise<RoutingRefusal | undefined> {
  const refused = pageRefusal(request);
  if (refused || request.method !== "POST") return refused;
  try {
    const body = await readBytes(request, BODY_BYTES);
    return isReadable(request.headers, body) ? undefined : unreadable;
  } catch (error) {
    return error instanceof BodyTooLargeError ? tooLarge : unreadable;
  }
}

function isReadable(headers: Headers, body: Buffer): boolean {
  const boundary = boundaryOf(headers.get("content-type") ?? "");
  if (boundary === undefined) return areArguments(body.toString());
  const fields = readFormFields(body, boundary);
  if (!fields) return false;
  return headers.has("next-action") ? areArgumentFields(fields) : isActionForm(fields);
}
