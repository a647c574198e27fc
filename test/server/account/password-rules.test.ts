import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { preparePassword } from "../../../src/server/account/password.ts";
import { MINIMUM_PASSWORD_LENGTH, passwordFault } from "../../../src/server/account/password-rules.ts";

const context = ["zoëfan", "Zoë Brown", "zoe.brown@example.com", "Ticketgate", undefined];
const good = "plum tractor sings";

describe("the rules for passwords (NIST SP 800-63B-4, 3.1.1.2)", () => {
  it.each([
    ["too_short", "14 characters", "plum tractor s", "plum tractor si"],
    ["too_short", "14 characters outside the basic plane", emoji(14), emoji(15)],
    [
      "too_short",
      "28 bytes that are 14 characters",
      "ほんとうにながいパスワードで",
      "ほんとうにながいパスワードです",
    ],
    ["too_long", "1,025 bytes", `${good}${"é!".repeat(335)}ab`, `${good}${"é!".repeat(335)}a`],
    ["common", "one of the list", "1qaz2wsx3edc4rfv", "1qaz plum 3edc4rfv"],
    ["common", "one of the list in capitals", "1QAZ2WSX3EDC4RFV", "1QAZ PLUM 3EDC4RFV"],
    ["common", "one of the list again and again", "passwordpasswordpass", "password plum password"],
    [
      "common",
      "one of the list in wide letters",
      "ｐａｓｓｗｏｒｄｐａｓｓｗｏｒｄ",
      "ｐａｓｓｗｏｒｄ tractor",
    ],
    ["guessable", "the user name and a year", "zoëfan-zoëfan-2026", "zoëfan ploughs in 2026"],
    ["guessable", "the name and a number", "Zoë Brown 1234567", "Zoë Brown sings loud"],
    ["guessable", "the address", "zoe.brown@example.com", "zoe.brown sings at noon"],
    ["guessable", "the service and a number", "ticketgate 123456", "ticketgate opens at 9"],
    ["monotonous", "one character", "a".repeat(20), `${"a".repeat(16)}bcde`],
    ["monotonous", "digits in order", "12345678901234567", "12345 plum 678901"],
    ["monotonous", "letters backwards", "zyxwvutsrqponmlk", "zyxwvut plum ponmlk"],
  ])("refuse as %s: %s", async (fault, _, refused, taken) => {
    expect(await passwordFault(refused, context)).toBe(fault);
    expect(await passwordFault(taken, context)).toBeUndefined();
  });

  it("ask for no kind of character, and take at least 64 of any", async () => {
    const only = [
      "abdgkmpqsvwyzhrt",
      "ADGKMPQSVWYZHRTX",
      "1593574862041973",
      "%&/()=?!$+*'-.,;",
      "               x y z .",
    ];
    for (const password of only) expect(await passwordFault(password, context)).toBeUndefined();
    for (const length of [64, 65, 128, 256]) {
      const password = Array.from({ length }, (_, index) => String.fromCodePoint(0x4e00 + index * 7)).join(
        "",
      );
      expect(await passwordFault(password, context)).toBeUndefined();
    }
  });

  it("say the same of a password in all its spellings", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme", maxLength: 40 }), async (password) => {
        const fault = await passwordFault(password, context);
        expect(await passwordFault(password.normalize("NFD"), context)).toBe(fault);
        expect(await passwordFault(preparePassword(password), context)).toBe(fault);
        if ([...preparePassword(password)].length < MINIMUM_PASSWORD_LENGTH) expect(fault).toBe("too_short");
      }),
    );
  });
});

function emoji(length: number): string {
  return Array.from({ length }, (_, index) => String.fromCodePoint(0x1f600 + (index % 7) * 3)).join("");
}
