import { type FieldErrors, TicketgateError } from "./error.ts";
import { introspectToken } from "./introspect-token.ts";
import type { FlowPorts } from "./ports.ts";

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

/**
 * A value that is or was an access token cannot become one again. The engine is asked before the ticket is claimed, so that
 * the ticket stays good; of two callers who choose one value at the same moment the engine refuses the second.
 *
 * @param value what the caller chose; nothing is asked when it chose none.
 * @throws TicketgateError BAD_REQUEST naming the field; ENGINE_UNAVAILABLE when the engine cannot tell.
 */
export async function refuseSeenAccessToken(ports: FlowPorts, value: string | undefined): Promise<void> {
  if (value === undefined) return;
  const { existent, action, resultCode } = await introspectToken(ports, { token: value });
  if (existent === false && action !== "INTERNAL_SERVER_ERROR") return;
  if (existent) throw new TicketgateError("BAD_REQUEST", { fields: { accessToken: ["was seen before"] } });
  throw new TicketgateError("ENGINE_UNAVAILABLE", { detail: `auth/introspection: ${action} ${resultCode}` });
}

/** How many bits a character has, by the narrowest alphabet that holds all letters and digits of a text. */
const ALPHABETS = [
  [/^\d*$/, Math.log2(10)],
  [/^([\da-f]*|[\dA-F]*)$/, 4],
  [/^([a-z2-7]*|[A-Z2-7]*)$/, 5],
  [/^([\da-z]*|[\dA-Z]*)$/, Math.log2(36)],
] as const;
const BASE64_BITS = 6;

/**
 * Length times the bits of the alphabet, so that chance never makes a value of enough bytes that is refused. Punctuation between the digits
 * of a narrow alphabet (a UUID) counts nothing. Of few different characters the bound is lower: no base64 or hexadecimal by chance
 * has so few.
 */
function entropyBound(value: string): number {
  const text = value.replace(/=+$/, "");
  const characters = text.replace(/[-._~+/]/g, "");
  const narrow = ALPHABETS.find(([alphabet]) => alphabet.test(characters));
  const bits = narrow ? characters.length * narrow[1] : text.length * BASE64_BITS;
  return Math.min(bits, text.length * Math.log2(new Set(text).size) * 1.5);
}
