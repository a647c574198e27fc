import type { Page } from "./ports.ts";

/** A list that nobody gave an end to has this many entries. */
const USUAL_LENGTH = 5;

/** Nobody gets more entries at once. */
const LONGEST = 100;

/**
 * The part of a list that a request asks for: from `start` to `end`, counted from 0, `end` exclusive. A range that is empty, or
 * the wrong way round, has no entries.
 */
export function readRange(request: { start?: unknown; end?: unknown }): {
  start: number;
  end: number;
  page: Page;
} {
  const start = whole(request.start) ?? 0;
  const end = whole(request.end) ?? start + USUAL_LENGTH;
  return { start, end, page: { offset: start, limit: Math.min(Math.max(end - start, 0), LONGEST) } };
}

function whole(value: unknown): number | undefined {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}
