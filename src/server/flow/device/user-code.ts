/** No code of an engine is longer. */
const LONGEST = 255;

/**
 * A user code as the engine knows it: people type it in small letters, with the dashes and spaces that it is shown with, and in the wide
 * letters of a Japanese keyboard.
 *
 * @param typed not trusted.
 * @returns `undefined` for what can be no code.
 * @see RFC 8628, section 6.1
 */
export function normalisedUserCode(typed: unknown): string | undefined {
  if (typeof typed !== "string" || typed.length > 2 * LONGEST) return undefined;
  const code = typed
    .normalize("NFKC")
    .replaceAll(/[\s\p{Pd}\u2212\u30fc_.]/gu, "")
    .toUpperCase();
  return /^[0-9A-Z]+$/.test(code) && code.length <= LONGEST ? code : undefined;
}
