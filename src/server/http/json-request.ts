import { OAuthError } from "../oauth/error.ts";
import { tooLarge } from "../oauth/form-body.ts";
import { BodyTooLargeError, readBody } from "./body.ts";

/** Client metadata with keys and names in many languages fit. */
const JSON_BYTES = 65_536;

const JSON_TYPE = /^application\/json[\t ]*(?:;[\t ]*(?:charset[\t ]*=[\t ]*"?utf-8"?[\t ]*)?)?$/i;

/**
 * Reads a JSON body, once and never more than the limit. What is in it is not looked at.
 *
 * @throws OAuthError invalid_request for a body that is not declared to be JSON, is too large (413) or breaks off.
 */
export async function readJsonText(request: Request): Promise<string> {
  if (!JSON_TYPE.test(request.headers.get("content-type") ?? "")) {
    throw new OAuthError("invalid_request", "The body must be application/json.");
  }
  try {
    return await readBody(request, JSON_BYTES);
  } catch (error) {
    if (error instanceof BodyTooLargeError) throw tooLarge();
    throw new OAuthError("invalid_request", "The body could not be read.");
  }
}
