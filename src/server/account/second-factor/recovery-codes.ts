import { hashOf } from "../../secret/hash.ts";
import { digitsOf } from "./base32.ts";

/** How many a person gets at once. */
export const RECOVERY_CODES = 10;

/** Crockford's: no letter is taken for a digit or for another letter. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CHARACTERS = 25;
const GROUP = 5;
const BYTES = 16;

/**
 * Makes a set of recovery codes: 125 bits each, so that a plain hash of one cannot be turned back.
 *
 * @returns the codes as a person is shown them, once, and the hashes that are kept.
 * @see NIST SP 800-63B-4, section 3.1.2
 */
export function newRecoveryCodes(
  subject: string,
  random: (bytes: number) => Uint8Array,
): { codes: string[]; hashes: string[] } {
  const plain = Array.from({ length: RECOVERY_CODES }, () =>
    digitsOf(random(BYTES), ALPHABET).slice(0, CHARACTERS),
  );
  return {
    codes: plain.map((code) => (code.match(new RegExp(`.{${GROUP}}`, "g")) as string[]).join("-")),
    hashes: plain.map((code) => recoveryCodeHash(subject, code)),
  };
}

/**
 * A recovery code as somebody typed it, in the form in which it is hashed. Case, blanks and dashes do not count, nor does a letter that
 * was taken for a digit.
 *
 * @returns `undefined` for what can be no recovery code.
 */
export function readRecoveryCode(typed: string): string | undefined {
  const text = typed
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[\s\p{Pd}]/gu, "")
    .replace(/O/g, "0")
    .replace(/[IL]/g, "1");
  return text.length === CHARACTERS && [...text].every((character) => ALPHABET.includes(character))
    ? text
    : undefined;
}

/** What is kept of a recovery code: the code of one person is nothing for another. */
export function recoveryCodeHash(subject: string, code: string): string {
  return hashOf(`recovery code ${subject} ${code}`);
}
