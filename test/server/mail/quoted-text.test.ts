import { expect, it } from "vitest";
import { quotedText } from "../../../src/server/mail/quoted-text.ts";

it.each([
  ["W4SCT", "W4SCT"],
  ["  two\r\nlines\u2028 and more ", "two lines and more"],
  ["a\u202eb\u2066c\u0000d\u200be", "a b c d e"],
  ["Pay https://evil.example/x now", "Pay https: //evil. example/x now"],
  ["mail me@evil.example", "mail me@ evil. example"],
  ["Ümlaut 日本語 ok.", "Ümlaut 日本語 ok."],
])("shows %j as %j", (text, shown) => {
  expect(quotedText(text, 100)).toBe(shown);
});

it("cuts what is long, between characters", () => {
  expect(quotedText("𠮷".repeat(11), 10)).toBe(`${"𠮷".repeat(9)}…`);
  expect(quotedText("𠮷".repeat(10), 10)).toBe("𠮷".repeat(10));
});
