import type { FieldErrors } from "./error.ts";

/** `b64token`: what may stand in an Authorization header. */
const SYNTAX = /^[A-Za-z0-9\-._~+/]+=*$/;
const BITS = 192;
const MAXIMUM = 512;

/**
 * What is wrong with a value that a caller chose for an access token. The entropy of one text cannot be measured; its length and the
 * characters that occur in it bound it from above, and what stays below the bound is refused.
 *
 * @see RFC 6750, section 2.1
 */
export function accessTokenErrors(value: string): FieldErrors {
  if (!SYNTAX.test(value)) return { accessToken: ["has characters that an access token cannot have"] };
  if (value.length > MAXIMUM) return { accessToken: [`must have at most ${MAXIMUM} characters`] };
  if (entropyBound(value) < BITS) return { accessToken: [`must have at least ${BITS} bits of entropy`] };
  return {};
}

/** Length times the bits of its alphabet; an alphabet of which few characters occur counts only those. */
function entropyBound(value: string): number {
  const text = value.replace(/=+$/, "");
  const alphabet = [/[a-f]/, /[g-z]/, /[A-F]/, /[G-Z]/, /[0-9]/, /[-._~+/]/];
  const sizes = [6, 20, 6, 20, 10, 6];
  const size = alphabet.reduce(
    (sum, kind, index) => sum + (kind.test(text) ? (sizes[index] as number) : 0),
    0,
  );
  const distinct = new Set(text).size;
  return text.length * Math.min(Math.log2(Math.max(size, 1)), Math.log2(distinct) + 1);
}
