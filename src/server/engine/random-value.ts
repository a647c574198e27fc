import type { Random } from "./ports.ts";

/** A token, ticket or refresh token: 256 random bits in base64url, 43 characters. */
export function randomValue(random: Random): string {
  return encoded(random(32));
}

/** The key of a stored row: 128 random bits in base64url. */
export function randomId(random: Random): string {
  return encoded(random(16));
}

function encoded(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64url");
}
