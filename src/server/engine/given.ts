/**
 * Reading input the way the Authlete API does: a member that is missing, `null`, or the zero of its type counts as not
 * given, because some SDKs write every member they know.
 */

/** A text, even an empty one; `undefined` for everything else. */
export function givenText(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** A text with something in it. */
export function givenNonEmptyText(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The texts of a list; empty when there is no list. */
export function givenTexts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === "string") : [];
}

/** Whole seconds, positive; far-off values are cut so that timestamps stay exact. */
export function givenSeconds(value: unknown): number | undefined {
  if (typeof value !== "number" || !(value >= 1)) return undefined;
  return Math.min(Math.floor(value), LONGEST_SECONDS);
}

/** A time that is over for nobody: 68 years, in seconds. */
export const LONGEST_SECONDS = 2 ** 31 - 1;

/** The list itself, or `undefined` when it is not there at all. An empty list is a list. */
export function givenList<Entry>(value: readonly Entry[] | null | undefined): readonly Entry[] | undefined {
  return value ?? undefined;
}
