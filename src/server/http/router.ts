import type { EndpointRow } from "./endpoint.ts";

/**
 * Finds the row of the endpoint table that answers a path: an exact path first, then the longest path that ends in `*`, which
 * stands for one segment or more.
 *
 * A path with an empty segment (a slash doubled, or at the end) has no row: Next redirects it to the path without, whether
 * it is asked by the front door or serves the table itself.
 *
 * @param rows the endpoint table.
 * @returns a function from a URL's path to its row, `undefined` when Ticketgate's pages answer it.
 */
export function createRouter(rows: readonly EndpointRow[]): (path: string) => EndpointRow | undefined {
  const exact = new Map(rows.filter((row) => !row.path.endsWith("*")).map((row) => [row.path, row]));
  const below = rows
    .filter((row) => row.path.endsWith("*"))
    .toSorted((left, right) => fixedLength(right) - fixedLength(left))
    .map((row) => ({ pattern: patternOf(row.path), row }));
  return (path) => exact.get(path) ?? below.find(({ pattern }) => pattern.test(path))?.row;
}

function fixedLength({ path }: EndpointRow): number {
  return path.search(/[{*]/);
}

const SEGMENT = "[^/\\\\]+";

function patternOf(path: string): RegExp {
  const prefix = path
    .slice(0, -1)
    .split(/\{\w+\}/)
    .map(RegExp.escape)
    .join(SEGMENT);
  return new RegExp(`^${prefix}${SEGMENT}(?:/${SEGMENT})*$`);
}
