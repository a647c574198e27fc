import type { Random } from "./ports.ts";

const BYTES = 32;

/** A fresh value that nobody can guess: a handle, the value of a cookie, a nonce. 256 bits in base64url, 43 characters. */
export function newValue(random: Random): string {
  return Buffer.from(random(BYTES)).toString("base64url");
}

/** Tells whether a text may be such a value: anything else need not be looked up. */
export function isValue(text: string | undefined): text is string {
  return text !== undefined && /^[\w-]{43}$/.test(text);
}
