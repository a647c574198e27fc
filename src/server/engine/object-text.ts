import { givenNonEmptyText } from "./given.ts";
import { readJsonObject } from "./json-object.ts";
import { type RefusalCode, refuse } from "./refusal.ts";

/**
 * A member of a call that holds the JSON text of an object.
 *
 * @returns the text as it was given, or `undefined` when there is none.
 */
export function readObjectText(value: unknown, code: RefusalCode): string | undefined {
  const text = givenNonEmptyText(value);
  if (text === undefined) return undefined;
  return readJsonObject(text) ? text : refuse(code);
}
