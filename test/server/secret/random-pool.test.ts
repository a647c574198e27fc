import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { createRandomPool } from "../../../src/server/secret/random-pool.ts";

/** Never gives the same four bytes again. */
function counted() {
  let word = 0;
  return vi.fn((pool: Uint8Array) => {
    const view = new DataView(pool.buffer, pool.byteOffset, pool.byteLength);
    for (let at = 0; at + 4 <= pool.length; at += 4) view.setUint32(at, ++word);
  });
}

test("no byte is given twice, whatever is taken", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 300 }), (words) => {
      const random = createRandomPool(counted());
      const taken = words.flatMap((count) => {
        const bytes = random(count * 4);
        expect(bytes).toHaveLength(count * 4);
        const view = new DataView(bytes.buffer);
        return Array.from({ length: count }, (_, index) => view.getUint32(index * 4));
      });
      expect(new Set(taken).size).toBe(taken.length);
      expect(taken).not.toContain(0);
    }),
  );
});

test("bytes that were given are nowhere else: neither in what is given next nor in the pool", () => {
  let pool: Uint8Array | undefined;
  const random = createRandomPool((bytes) => {
    pool = bytes;
    bytes.fill(9);
  });

  const first = random(16);
  const second = random(16);
  first.fill(1);

  expect(second).toEqual(new Uint8Array(16).fill(9));
  expect(pool?.subarray(0, 33)).toEqual(new Uint8Array([...new Uint8Array(32), 9]));
});

test("the generator is asked once for many values, and for one that is larger than the pool", () => {
  const fill = counted();
  const random = createRandomPool(fill);

  for (let index = 0; index < 128; index++) random(32);
  expect(fill).toHaveBeenCalledTimes(1);
  random(32);
  expect(fill).toHaveBeenCalledTimes(2);
  expect(random(5_000)).toHaveLength(5_000);
  expect(fill).toHaveBeenCalledTimes(3);
});

test("by default the bytes are random", () => {
  const random = createRandomPool();
  const values = Array.from({ length: 1_000 }, () => Buffer.from(random(32)).toString("hex"));

  expect(new Set(values).size).toBe(1_000);
});
