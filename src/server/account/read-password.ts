import { MAXIMUM_PASSWORD_BYTES } from "./password.ts";

/** What reading a password needs of standard input. */
export type PasswordInput = AsyncIterable<Uint8Array> & {
  isTTY?: boolean;
  setRawMode?(raw: boolean): unknown;
};

const ENTER = new Set(["\r", "\n", "\u0004"]);
const ERASE = new Set(["\u007f", "\b"]);
const INTERRUPT = "\u0003";

/**
 * Reads one line, the password. At a terminal it asks for it and shows nothing of what is typed.
 *
 * @param input standard input; a pipe may end without a line break.
 * @param write shows the question.
 * @returns the line without its end, or `undefined` when the person interrupted.
 * @throws RangeError when the line is longer than any password.
 */
export async function readPassword(
  input: PasswordInput,
  write: (text: string) => void,
): Promise<string | undefined> {
  if (!input.isTTY) return firstLine(input);
  write("Password: ");
  input.setRawMode?.(true);
  try {
    return await typedLine(input);
  } finally {
    input.setRawMode?.(false);
    write("\n");
  }
}

async function firstLine(input: PasswordInput): Promise<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let text = "";
  for await (const chunk of input) {
    text += decoder.decode(chunk, { stream: true });
    checkLength(text);
    if (text.includes("\n")) break;
  }
  const [line = ""] = text.split(/\r?\n/, 1);
  return line;
}

async function typedLine(input: PasswordInput): Promise<string | undefined> {
  const decoder = new TextDecoder();
  const typed: string[] = [];
  for await (const chunk of input) {
    for (const character of decoder.decode(chunk, { stream: true })) {
      if (character === INTERRUPT) return undefined;
      if (ENTER.has(character)) return typed.join("");
      if (ERASE.has(character)) typed.pop();
      else typed.push(character);
    }
    checkLength(typed.join(""));
  }
  return typed.join("");
}

function checkLength(text: string): void {
  if (Buffer.byteLength(text) <= 4 * MAXIMUM_PASSWORD_BYTES) return;
  throw new RangeError(`A password has at most ${MAXIMUM_PASSWORD_BYTES} bytes.`);
}
