/**
 * The form in which two addresses are compared (RFC 9449 4.3, RFC 3986 6.2): without query and fragment, host and scheme in small
 * letters, without the port that goes without saying, and with every character escaped or not as everywhere.
 *
 * @returns `undefined` for what is no http or https address.
 */
export function normalizedTarget(uri: unknown): string | undefined {
  if (typeof uri !== "string" || !URL.canParse(uri)) return undefined;
  const { protocol, host, pathname } = new URL(uri);
  if (protocol !== "https:" && protocol !== "http:") return undefined;
  return `${protocol}//${host}${pathname.replace(/%[0-9a-f]{2}/gi, normalizedEscape)}`;
}

function normalizedEscape(sequence: string): string {
  const character = String.fromCharCode(Number.parseInt(sequence.slice(1), 16));
  return /[A-Za-z0-9._~-]/.test(character) ? character : sequence.toUpperCase();
}
