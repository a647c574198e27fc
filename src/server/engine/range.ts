import { refuseCall } from "./call-refusal.ts";
import type { Page } from "./ports.ts";

/** A list that nobody gave an end to has this many entries. */
const USUAL_LENGTH = 5;

/** Nobody gets more entries at once. */
const LONGEST = 100;

/** The API has 31 bits for the place of an entry. */
const LAST = 2 ** 31 - 1;

/**
 * The part of a list that a request asks for: from `start` to `end`, counted from 0, `end` exclusive. A range that is empty, or
 * the wrong way round, has no entries; one that is too long ends earlier, and `end` says where.
 *
 * @throws CallRefusal (400) for a number that is negative, or too large.
 */
export function readRange(request: { start?: unknown; end?: unknown }): {
  start: number;
  end: number;
  page: Page;
} {
  const start = readIndex("start", request.start) ?? 0;
  const wanted = readIndex("end", request.end) ?? start + USUAL_LENGTH;
  const end = Math.min(wanted, start + LONGEST, LAST);
  return { start, end, page: { offset: start, limit: Math.max(end - start, 0) } };
}

function readIndex(name: "start" | "end", value: unknown): number | undefined {
  if (typeof value !== "number" || !Number.isSafeInteger(value)) return undefined;
  return value >= 0 && value <= LAST ? value : refuseCall("A126202", name);
}
