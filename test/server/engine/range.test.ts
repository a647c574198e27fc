import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CallRefusal } from "../../../src/server/engine/call-refusal.ts";
import { readRange } from "../../../src/server/engine/range.ts";

describe("a range", () => {
  it.each([
    [{}, 0, 5, 5],
    [{ start: 5 }, 5, 10, 5],
    [{ end: 3 }, 0, 3, 3],
    [{ start: 2, end: 7 }, 2, 7, 5],
    [{ start: 7, end: 7 }, 7, 7, 0],
    [{ start: 7, end: 2 }, 7, 2, 0],
    [{ start: 0, end: 0 }, 0, 0, 0],
    [{ start: 10, end: 200 }, 10, 110, 100],
    [{ start: null, end: null }, 0, 5, 5],
    [{ start: "3", end: 1.5 }, 0, 5, 5],
    [{ start: Number.NaN, end: Number.POSITIVE_INFINITY }, 0, 5, 5],
    [{ start: 2 ** 31 - 2 }, 2 ** 31 - 2, 2 ** 31 - 1, 1],
  ])("%j is from %i to %i, with %i entries", (request, start, end, limit) => {
    expect(readRange(request)).toEqual({ start, end, page: { offset: start, limit } });
  });

  it.each([
    [{ start: -1 }, "start"],
    [{ end: -1 }, "end"],
    [{ start: 2 ** 31 }, "start"],
    [{ end: Number.MAX_SAFE_INTEGER }, "end"],
  ])("%j is refused for its %s", (request, member) => {
    expect(() => readRange(request)).toThrow(expect.objectContaining({ code: "A126202", member }));
  });

  it("never has more than a hundred entries, and never a negative number of them", () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (start, end) => {
        try {
          const { page } = readRange({ start, end });
          expect(page.limit).toBeGreaterThanOrEqual(0);
          expect(page.limit).toBeLessThanOrEqual(100);
          expect(Number.isSafeInteger(page.offset) && page.offset >= 0).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(CallRefusal);
        }
      }),
    );
  });
});
