import { expect, test } from "vitest";
import { rowId } from "../../../src/server/engine/random-value.ts";

const same = (bytes: number) => new Uint8Array(bytes).fill(7);
const NOW = 1_764_000_000_000;

test("the keys of rows begin with their time, so that neighbours in time are neighbours in an index", () => {
  const at = (now: number) => rowId({ random: same, now });

  expect(at(NOW)).toMatch(/^[\w-]{30}$/);
  expect(at(NOW + 1).slice(0, 6)).toBe(at(NOW).slice(0, 6));
  expect(at(NOW + 86_400_000)).not.toBe(at(NOW));
  expect(Buffer.from(at(NOW), "base64url").readUIntBE(0, 6)).toBe(NOW);
});

test("two rows of one moment have 128 random bits between them", () => {
  const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes));
  const keys = Array.from({ length: 1_000 }, () => rowId({ random, now: NOW }));

  expect(new Set(keys).size).toBe(1_000);
  expect(new Set(keys.map((key) => key.slice(8))).size).toBe(1_000);
});
