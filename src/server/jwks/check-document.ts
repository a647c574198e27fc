/** @throws Error for a text that is not a JWK Set (RFC 7517 5). */
export function checkJwkSet(text: string): void {
  const keys = member(parsed(text), "keys");
  const isSet = Array.isArray(keys) && keys.every((key) => typeof key === "object" && key !== null);
  if (!isSet) throw new Error("the document is not a JWK Set");
}

/** @throws Error for a text that is not a list of URIs (OpenID Connect Dynamic Registration 5). */
export function checkUriList(text: string): void {
  const uris = parsed(text);
  const isList = Array.isArray(uris) && uris.every((uri) => typeof uri === "string");
  if (!isList) throw new Error("the document is not a list of URIs");
}

/** A JWS or a JWE in compact serialization, all of it ASCII. */
const COMPACT_JWT = /^[\w-]+(?:\.[\w-]*){2}(?:(?:\.[\w-]*){2})?$/;

/** @throws Error for a text that is not a JWT with at most white space around it (RFC 9101 5.2.3). */
export function checkJwt(text: string): void {
  if (!COMPACT_JWT.test(text.trim())) throw new Error("the document is not a JWT");
}

function member(value: unknown, name: string): unknown {
  return (value as Record<string, unknown> | null | undefined)?.[name];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
