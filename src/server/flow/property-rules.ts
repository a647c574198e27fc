import { isForbiddenName, isRegisteredClaim } from "./claim-rules.ts";
import type { FieldErrors } from "./error.ts";

/** A property as a caller gives it; hidden unless it says otherwise. */
export type GivenProperty = { key: string; value?: string | undefined; hidden?: boolean | undefined };

/** The engine leaves these out without a word; a caller who names one is mistaken, so it is told. */
const RESERVED = new Set([
  "access_token",
  "token_type",
  "expires_in",
  "refresh_token",
  "scope",
  "error",
  "error_description",
  "error_uri",
  "id_token",
]);

const LIMIT_BYTES = 65_535;
const BLOCK_BYTES = 16;

/**
 * What is wrong with the properties of an access token, by field. Empty when nothing is.
 *
 * @see the engine API: extra properties
 */
export function propertyErrors(properties: readonly GivenProperty[]): FieldErrors {
  const errors = [...new Set(properties.flatMap(keyErrors)), ...duplicateErrors(properties)];
  const bytes = storedBytes(properties);
  if (bytes > LIMIT_BYTES)
    errors.push(`take ${bytes} bytes as the engine stores them; at most ${LIMIT_BYTES} are possible`);
  return errors.length > 0 ? { properties: errors } : {};
}

/** The engine makes claims of visible properties when it signs a token, so they obey the rules of claims (threat T12). */
function keyErrors({ key, hidden = true }: GivenProperty): string[] {
  if (key === "") return ["a key is empty"];
  if (RESERVED.has(key)) return [`the key ${key} is reserved for the token response`];
  if (isForbiddenName(key)) return [`the key ${key} is not allowed`];
  if (!hidden && isRegisteredClaim(key)) return [`the key ${key} is a registered claim: the engine sets it`];
  return isPrintable(key)
    ? []
    : ["a key holds control characters or characters that change the direction of text"];
}

function duplicateErrors(properties: readonly GivenProperty[]): string[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const { key } of properties) {
    if (seen.has(key)) twice.add(key);
    seen.add(key);
  }
  return [...twice].filter(isPrintable).map((key) => `the key ${key} is given more than once`);
}

function isPrintable(text: string): boolean {
  return !/[\p{Cc}\p{Bidi_Control}]/u.test(text) && text.isWellFormed();
}

/** The engine encrypts the rows as JSON in blocks of 16 bytes, padded, and writes them in base64url. */
function storedBytes(properties: readonly GivenProperty[]): number {
  const rows = JSON.stringify(properties.map(({ key, value }) => [key, value ?? null]));
  const encrypted = (Math.floor(Buffer.byteLength(rows) / BLOCK_BYTES) + 1) * BLOCK_BYTES;
  return Math.ceil((encrypted * 4) / 3);
}
