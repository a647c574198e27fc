import type { EndpointRow } from "./endpoint.ts";

/**
 * Finds the row of the endpoint table that answers a path: an exact path first, then the longest path that ends in `*`.
 *
 * @param rows the endpoint table.
 * @returns a function from a URL's path to its row, `undefined` when Ticketgate's pages answer it.
 */
export function createRouter(rows: readonly EndpointRow[]): (path: string) => EndpointRow | undefined {
  const exact = new Map(rows.filter((row) => !row.path.endsWith("*")).map((row) => [row.path, row]));
  const below = rows
    .filter((row) => row.path.endsWith("*"))
    .map((row) => ({ prefix: row.path.slice(0, row.path.search(/[{*]/)), row }))
    .toSorted((left, right) => right.prefix.length - left.prefix.length);
  return (path) => exact.get(path) ?? below.find(({ prefix }) => path.startsWith(prefix))?.row;
}
