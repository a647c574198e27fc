import type { Random } from "./ports.ts";

/** A token, ticket or refresh token: 256 random bits in base64url, 43 characters. */
export function randomValue(random: Random): string {
  return encoded(random(32));
}

const TIME_BYTES = 6;

/**
 * The key of a stored row: the time, then 128 random bits, in base64url. What is stored at the same time is stored side by side, so
 * an index of millions of rows is written at one place and not all over.
 *
 * @param now milliseconds since the epoch.
 */
export function rowId({ random, now }: { random: Random; now: number }): string {
  const bytes = Buffer.alloc(TIME_BYTES + 16);
  bytes.writeUIntBE(now, 0, TIME_BYTES);
  bytes.set(random(16), TIME_BYTES);
  return encoded(bytes);
}

function encoded(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64url");
}
