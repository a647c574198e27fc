import { isCommonPassword } from "./common-passwords.ts";
import { MAXIMUM_PASSWORD_BYTES, preparePassword } from "./password.ts";

/** In code points: a password is the only factor (NIST SP 800-63B-4, 3.1.1.2). */
export const MINIMUM_PASSWORD_LENGTH = 15;

/** What of a password has to be its own once everything that can be guessed from the account is taken away. */
const OWN_CHARACTERS = 8;
/** Shorter words of an account stand in any text by chance. */
const CONTEXT_CHARACTERS = 4;
const DIFFERENT_CHARACTERS = 5;

/** Why a password is not taken. */
export type PasswordFault = "too_short" | "too_long" | "common" | "guessable" | "monotonous";

/** What an attacker tries first, because it is known: user name, name, e-mail address, the name of this service. */
export type PasswordContext = readonly (string | undefined)[];

/**
 * The rules for a new password. There are none about which kinds of characters it has, and none about its age.
 *
 * @param context words of which it must not be made.
 * @returns the first rule that it breaks, `undefined` when it is good.
 * @see NIST SP 800-63B-4, section 3.1.1.2
 */
export async function passwordFault(
  password: string,
  context: PasswordContext,
): Promise<PasswordFault | undefined> {
  const prepared = preparePassword(password);
  if (isTooLong(prepared)) return "too_long";
  if (isTooShort(prepared)) return "too_short";
  if (isMonotonous(prepared)) return "monotonous";
  if (await isCommon(prepared)) return "common";
  if (isGuessable(prepared, context)) return "guessable";
  return undefined;
}

function isTooShort(prepared: string): boolean {
  return [...prepared].length < MINIMUM_PASSWORD_LENGTH;
}

/** Far beyond the 64 characters that have to be taken. */
function isTooLong(prepared: string): boolean {
  return Buffer.byteLength(prepared) > MAXIMUM_PASSWORD_BYTES;
}

/** Few different characters, or one step up or down the alphabet again and again. */
function isMonotonous(prepared: string): boolean {
  const codes = [...prepared.toLowerCase()].map((character) => character.codePointAt(0) ?? 0);
  if (new Set(codes).size < DIFFERENT_CHARACTERS) return true;
  const steps = codes.slice(1).filter((code, index) => Math.abs(code - (codes[index] as number)) !== 1);
  // From 9 to 0 and from z to a it goes on.
  return steps.length <= codes.length / 10;
}

/** On the list, or a password of the list said again and again. */
async function isCommon(prepared: string): Promise<boolean> {
  const small = prepared.toLowerCase();
  return (await isCommonPassword(small)) || (await isCommonPassword(repeatedPart(small)));
}

/** What a text consists of if it is the same again and again, the last time perhaps not to its end. */
function repeatedPart(text: string): string {
  for (let length = 1; length <= text.length / 2; length += 1) {
    const part = text.slice(0, length);
    if (part.repeat(Math.ceil(text.length / length)).startsWith(text)) return part;
  }
  return text;
}

/** Little but what is known of the account. */
function isGuessable(prepared: string, context: PasswordContext): boolean {
  const words = context
    .flatMap((text) => wordsOf(text ?? ""))
    .filter((word) => [...word].length >= CONTEXT_CHARACTERS)
    .toSorted((a, b) => b.length - a.length);
  const small = lettersOf(prepared);
  const rest = words.reduce((text, word) => text.replaceAll(word, ""), small);
  return rest !== small && [...rest].length < OWN_CHARACTERS;
}

/** A text as a whole and in its parts. */
function wordsOf(text: string): string[] {
  const prepared = preparePassword(text);
  return [prepared, ...prepared.split(/[^\p{L}\p{N}]+/u)].map(lettersOf);
}

function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}
