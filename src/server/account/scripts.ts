/** The scripts that identifiers are recommended to be in (UAX #31, table 5), but for those that Japanese, Chinese and Korean mix. */
const ALONE = [
  "Arabic",
  "Armenian",
  "Bengali",
  "Cyrillic",
  "Devanagari",
  "Ethiopic",
  "Georgian",
  "Greek",
  "Gujarati",
  "Gurmukhi",
  "Hebrew",
  "Kannada",
  "Khmer",
  "Lao",
  "Malayalam",
  "Myanmar",
  "Oriya",
  "Sinhala",
  "Tamil",
  "Telugu",
  "Thaana",
  "Thai",
  "Tibetan",
] as const;

/** What may stand together: nobody takes a letter of one for a letter of another. Latin alone is in each of them. */
const TOGETHER = [
  ["Latin", "Han", "Hiragana", "Katakana"],
  ["Latin", "Han", "Bopomofo"],
  ["Latin", "Han", "Hangul"],
] as const;

/** Digits, marks and symbols that all scripts share. Letters of no script are other letters in a costume: 𝐚 is a mathematical a. */
const SHARED = "[\\p{Script_Extensions=Common}--\\p{L}]\\p{Script_Extensions=Inherited}";

const readable = [...ALONE.map((script) => [script]), ...TOGETHER].map((scripts) => {
  const characters = scripts.map((script) => `\\p{Script_Extensions=${script}}`).join("");
  return new RegExp(`^[${characters}${SHARED}]*$`, "v");
});

/**
 * Whether a text keeps to one script, or to scripts that one language mixes: the restriction level "highly restrictive". A name that mixes others
 * can look like somebody else's, as one with a Cyrillic letter among Latin ones. Digits, marks and symbols that all scripts share count as
 * each of them. Words that are whole in one script and look like a word of another one are not told from it.
 *
 * @see Unicode Technical Standard #39, sections 5.1 and 5.2
 */
export function keepsToOneScript(text: string): boolean {
  return readable.some((scripts) => scripts.test(text));
}
