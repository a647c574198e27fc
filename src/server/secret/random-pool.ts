import { randomFillSync } from "node:crypto";

const POOL_BYTES = 4_096;

/**
 * A source of random bytes that asks the operating system's generator for many at once: each call of it costs as much as a look-up in
 * the database. Bytes are given away once, and wiped where they were.
 *
 * @param fill fills a buffer with random bytes.
 * @returns gives that many bytes.
 */
export function createRandomPool(
  fill: (pool: Uint8Array) => void = randomFillSync,
): (bytes: number) => Uint8Array {
  const pool = new Uint8Array(POOL_BYTES);
  let used = POOL_BYTES;
  return (bytes) => {
    const taken = new Uint8Array(bytes);
    if (bytes > POOL_BYTES) {
      fill(taken);
      return taken;
    }
    if (used + bytes > POOL_BYTES) {
      fill(pool);
      used = 0;
    }
    taken.set(pool.subarray(used, used + bytes));
    pool.fill(0, used, used + bytes);
    used += bytes;
    return taken;
  };
}
