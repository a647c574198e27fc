/** The characters of a URI, and no more of them than a `request_uri` may have (OIDC Core 6.2). */
const CHARACTERS = /^[\x21-\x7e]{1,512}$/;

/** Addresses of request objects that one client can have at most. */
export const MOST_REQUEST_URIS = 100;

/**
 * Whether a text can be the address that a client keeps a request object at: https, absolute, without credentials, up to 512
 * characters (OIDC Core 6.2, RFC 9101 5.2).
 */
export function isRequestUri(text: string): boolean {
  if (!CHARACTERS.test(text) || !URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return protocol === "https:" && username === "" && password === "";
}

/** A URI as what names a document, and what is said of its content: the part after `#`, where there is one. */
export function splitRequestUri(uri: string): { address: string; fragment: string | undefined } {
  const at = uri.indexOf("#");
  return at < 0
    ? { address: uri, fragment: undefined }
    : { address: uri.slice(0, at), fragment: uri.slice(at + 1) };
}
