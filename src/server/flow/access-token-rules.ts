import { hashOf } from "../secret/hash.ts";
import { type FieldErrors, TicketgateError } from "./error.ts";
import { introspectToken } from "./introspect-token.ts";
import type { FlowPorts } from "./ports.ts";

/** `b64token`: what may stand in an Authorization header. */
const SYNTAX = /^[A-Za-z0-9\-._~+/]+=*$/;
const BITS = 192;
const MAXIMUM = 512;
const REMEMBERED_MS = 366 * 24 * 3_600_000;

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
 * A value that is or was an access token cannot become one again. The engine knows the tokens that there are; that a value was chosen is
 * remembered here for a year as well, because the engine forgets a token that was revoked or has long expired. Call it right before the
 * ticket is claimed: the ticket stays good, and of two callers who choose one value at the same moment one is refused.
 *
 * @param value what the caller chose; nothing is asked when it chose none.
 * @throws TicketgateError BAD_REQUEST naming the field; ENGINE_UNAVAILABLE when the engine cannot tell.
 */
export async function refuseSeenAccessToken(ports: FlowPorts, value: string | undefined): Promise<void> {
  if (value === undefined) return;
  const { existent, action, resultCode } = await introspectToken(ports, { token: value });
  if (existent) throw wasSeenBefore();
  if (existent === undefined || action === "INTERNAL_SERVER_ERROR")
    throw new TicketgateError("ENGINE_UNAVAILABLE", {
      detail: `auth/introspection: ${action} ${resultCode}`,
    });
  const nonceHash = hashOf(`access token ${value}`);
  if (!(await ports.nonces.consume(nonceHash, ports.clock() + REMEMBERED_MS))) throw wasSeenBefore();
}

function wasSeenBefore(): TicketgateError {
  return new TicketgateError("BAD_REQUEST", { fields: { accessToken: ["was seen before"] } });
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
 * of a narrow alphabet (a UUID) counts nothing. Of few different characters, or where one of them stands nearly everywhere, the bound is
 * lower: no base64 or hexadecimal by chance is like that.
 */
function entropyBound(value: string): number {
  const text = value.replace(/=+$/, "");
  const characters = text.replace(/[-._~+/]/g, "");
  const narrow = ALPHABETS.find(([alphabet]) => alphabet.test(characters));
  const bits = narrow ? characters.length * narrow[1] : text.length * BASE64_BITS;
  return Math.min(bits, text.length * Math.log2(new Set(text).size) * 1.5, text.length * spread(text) * 2);
}

/** Bits that a character of a text has by how often each one stands in it (Shannon). */
function spread(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  const shares = [...counts.values()].map((count) => count / text.length);
  return -shares.reduce((sum, share) => sum + share * Math.log2(share), 0);
}
