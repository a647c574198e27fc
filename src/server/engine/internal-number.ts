/**
 * The `number` of the client or service that has an identifier: the API has 31 bits for it, and finds nothing by it.
 */
export function internalNumber(id: number): number {
  return id % (2 ** 31 - 1);
}
