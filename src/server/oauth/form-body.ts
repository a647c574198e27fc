import { OAuthError } from "./error.ts";

/** The largest form body that an endpoint reads, in bytes. */
export const FORM_BODY_BYTES = 65_536;

/** The parameters of a request that have a value, and the form text that holds exactly these. */
export type FormBody = {
  readonly text: string;
  readonly parameters: ReadonlyMap<string, string>;
};

/** May be sent more than once: RFC 8707 section 2, RFC 8693 section 2.1. */
const REPEATABLE: ReadonlySet<string> = new Set(["resource", "audience"]);

const FORM_TYPE =
  /^application\/x-www-form-urlencoded[\t ]*(?:;[\t ]*(?:charset[\t ]*=[\t ]*"?utf-8"?[\t ]*)?)?$/i;

/** What a decoder leaves where bytes are not UTF-8. Real text has it percent-encoded. */
const REPLACEMENT = "\uFFFD";

/**
 * Refuses a body that is not a form in UTF-8 (RFC 6749 section 3.2 and appendix B).
 *
 * @param contentType the Content-Type header.
 * @throws OAuthError invalid_request.
 */
export function requireFormType(contentType: string | null): void {
  if (contentType === "application/x-www-form-urlencoded") return;
  if (contentType !== null && FORM_TYPE.test(contentType)) return;
  throw new OAuthError("invalid_request", "The body must be application/x-www-form-urlencoded in UTF-8.");
}

/** Refuses a body over `FORM_BODY_BYTES`. */
export function tooLarge(): OAuthError {
  return new OAuthError("invalid_request", "The body is too large.", { status: 413 });
}

/**
 * Reads a form body. A parameter without a value counts as not sent, and is taken out of the text as well; one that is sent
 * twice is refused (RFC 6749 section 3.2). So whoever reads the text later finds the same parameters.
 *
 * @param text the body, decoded from UTF-8.
 * @throws OAuthError invalid_request for a repeated parameter, a broken percent-encoding or bytes that are not UTF-8.
 */
export function parseFormBody(text: string): FormBody {
  if (text.includes(REPLACEMENT)) throw notUtf8();
  const parameters = new Map<string, string>();
  const seen = new Set<string>();
  const kept: string[] = [];
  for (const pair of text.split("&")) {
    if (pair === "") continue;
    const [name, value] = decodePair(pair);
    refuseRepeated(name, seen);
    seen.add(name);
    if (value === "") continue;
    kept.push(pair);
    if (!parameters.has(name)) parameters.set(name, value);
  }
  return { text: kept.join("&"), parameters };
}

/**
 * Undoes the form encoding of one name or value: `+` is a space, `%XX` a byte of UTF-8.
 *
 * @returns the text, or `undefined` when the encoding is broken.
 */
export function formDecode(encoded: string): string | undefined {
  const spaced = encoded.includes("+") ? encoded.replaceAll("+", " ") : encoded;
  if (!spaced.includes("%")) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    return undefined;
  }
}

function decodePair(pair: string): [name: string, value: string] {
  const equals = pair.indexOf("=");
  const name = formDecode(equals === -1 ? pair : pair.slice(0, equals));
  const value = equals === -1 ? "" : formDecode(pair.slice(equals + 1));
  if (name === undefined || value === undefined) throw notUtf8();
  return [name, value];
}

function refuseRepeated(name: string, seen: ReadonlySet<string>): void {
  if (!seen.has(name) || REPEATABLE.has(name)) return;
  throw new OAuthError("invalid_request", "A parameter was sent more than once.");
}

function notUtf8(): OAuthError {
  return new OAuthError("invalid_request", "The body is not a form in UTF-8.");
}
