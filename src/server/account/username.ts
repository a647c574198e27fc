const MAXIMUM_CODE_POINTS = 256;

/** Control, format (bidirectional and zero-width included), surrogate, private and unassigned characters; line breaks. */
const REFUSED = /[\p{C}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;

/** The wide and narrow forms of other characters, as a Japanese keyboard types them. */
const OTHER_WIDTH = /[\u3000\uff01-\uffef]/g;

/**
 * The form in which user names are compared: no difference between wide, narrow and usual letters or between capital and small
 * ones, and canonical composition (NFC), as in the UsernameCaseMapped profile of RFC 8265 3.3.
 *
 * @param username as somebody typed it; blanks around it do not count.
 * @returns `undefined` for a name that cannot be anybody's: empty, too long, or with characters that are not seen.
 */
export function normaliseUsername(username: string): string | undefined {
  const trimmed = username.replace(OTHER_WIDTH, (character) => character.normalize("NFKC")).trim();
  if (trimmed === "" || trimmed.length > MAXIMUM_CODE_POINTS || REFUSED.test(trimmed)) return undefined;
  return trimmed.normalize("NFC").toLowerCase().normalize("NFC");
}
