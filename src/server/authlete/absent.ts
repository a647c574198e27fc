/** No message of the API nests deeper; looking further down would let a message exhaust the stack. */
const DEEPEST = 32;

/** A JSON value is nested deeper than any message of the API. */
export class TooDeepError extends Error {
  override readonly name = "TooDeepError";
}

/**
 * A JSON value without the members that are `null`: in the Authlete API `null` and absent mean the same, and some
 * writers fill in `null` for every member they know. Elements of lists stay as they are.
 *
 * @returns the value itself when there is nothing to leave out.
 * @throws TooDeepError for a value that is nested too deep.
 */
export function withoutNulls(value: unknown, depth = 0): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (depth > DEEPEST) throw new TooDeepError();
  return Array.isArray(value) ? listWithoutNulls(value, depth) : objectWithoutNulls(value, depth);
}

function listWithoutNulls(list: readonly unknown[], depth: number): readonly unknown[] {
  const elements = list.map((element) => withoutNulls(element, depth + 1));
  return elements.every((element, index) => element === list[index]) ? list : elements;
}

function objectWithoutNulls(object: object, depth: number): object {
  const members = Object.entries(object);
  const kept: [string, unknown][] = [];
  let changed = false;
  for (const [name, member] of members) {
    const value = withoutNulls(member, depth + 1);
    changed ||= value !== member || value === null;
    if (value !== null) kept.push([name, value]);
  }
  return changed ? Object.fromEntries(kept) : object;
}
