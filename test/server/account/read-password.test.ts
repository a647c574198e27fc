import { describe, expect, it } from "vitest";
import { readPassword } from "../../../src/server/account/read-password.ts";

const bytes = (...texts: (string | Uint8Array)[]) =>
  texts.map((text) => (typeof text === "string" ? Buffer.from(text) : text));

async function* inputOf(chunks: Uint8Array[]) {
  yield* chunks;
}

describe("a password from a pipe", () => {
  it.each([
    ["with a line break", bytes("correct horse\n"), "correct horse"],
    ["with a Windows line break", bytes("correct horse\r\n"), "correct horse"],
    ["without a line break", bytes("correct horse"), "correct horse"],
    [
      "in parts that cut a character",
      bytes("zo", Buffer.from("ë").subarray(0, 1), Buffer.from("ë").subarray(1)),
      "zoë",
    ],
    ["with blanks around it", bytes("  a b  \nmore\n"), "  a b  "],
    ["that is empty", bytes("\n"), ""],
  ])("is the first line: %s", async (_, chunks, password) => {
    const shown: string[] = [];
    expect(await readPassword(inputOf(chunks), (text) => shown.push(text))).toBe(password);
    expect(shown).toEqual([]);
  });

  it("is refused when it is endless or not UTF-8", async () => {
    const write = () => {};
    await expect(readPassword(inputOf(bytes("x".repeat(4097))), write)).rejects.toThrow(RangeError);
    await expect(readPassword(inputOf([Uint8Array.of(0xff, 0xfe)]), write)).rejects.toThrow(TypeError);
  });
});

describe("a password from a terminal", () => {
  const type = async (...keys: string[]) => {
    const shown: string[] = [];
    const modes: boolean[] = [];
    const terminal = Object.assign(inputOf(bytes(...keys)), {
      isTTY: true,
      setRawMode: (raw: boolean) => modes.push(raw),
    });
    const password = await readPassword(terminal, (text) => shown.push(text));
    expect(modes).toEqual([true, false]);
    expect(shown.join("")).toBe("Password: \n");
    return password;
  };

  it.each([
    ["typed key by key", ["a", "b", "c", "\r"], "abc"],
    ["pasted", ["abc\n"], "abc"],
    ["corrected", ["abx", "\u007f", "c", "\b", "c", "\r"], "abc"],
    ["ended by the end of input", ["abc"], "abc"],
    ["ended by control-D", ["abc\u0004"], "abc"],
  ])("is not shown: %s", async (_, keys, password) => {
    expect(await type(...keys)).toBe(password);
  });

  it("is none when the person interrupts", async () => {
    expect(await type("ab", "\u0003", "c\r")).toBeUndefined();
  });
});
