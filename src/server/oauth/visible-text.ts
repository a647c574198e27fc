/**
 * Characters that nobody sees, or that move what stands around them: control and format ones (bidirectional ones included), halves of
 * pairs, private and unassigned ones. The two joiners stay: scripts and emoji are written with them.
 */
const UNSEEN = /(?![\u200c\u200d])[\p{C}\p{Bidi_Control}]/gu;

const BLANKS = /[\s\p{Zl}\p{Zp}]+/gu;

/** Tells whether a text has characters that nobody sees, line breaks among them. */
export function hasUnseen(text: string): boolean {
  return text.search(UNSEEN) !== -1 || /[\p{Zl}\p{Zp}]/u.test(text);
}

/**
 * A text of somebody else as a person may be shown it: on one line, and with what nobody sees told by its number, such as `[U+202E]`. What is
 * agreed to is then what is read (threat T28).
 */
export function visibleText(text: string): string {
  return text.replace(BLANKS, " ").replace(UNSEEN, (character) => `[U+${numberOf(character)}]`);
}

function numberOf(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
}
