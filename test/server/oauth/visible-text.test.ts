import { describe, expect, it } from "vitest";
import { hasUnseen, visibleText } from "../../../src/server/oauth/visible-text.ts";

describe("a text of somebody else", () => {
  it.each([
    "Example Bank",
    "例の銀行",
    "بنك المثال",
    "Müller & Söhne's 100 €",
    "👩‍🚀 Space",
    "می‌خواهم",
    "Re\u0301sume\u0301",
  ])("%j stays as it is", (text) => {
    expect(visibleText(text)).toBe(text);
    expect(hasUnseen(text)).toBe(false);
  });

  it.each([
    ["100\u202e001", "100[U+202E]001"],
    ["\u2066isolated\u2069", "[U+2066]isolated[U+2069]"],
    ["mark\u200f", "mark[U+200F]"],
    ["no\u200bwidth\u2060\ufeff", "no[U+200B]width[U+2060] "],
    ["bell\u0007", "bell[U+0007]"],
    ["half\ud800", "half[U+D800]"],
    ["private\ue000", "private[U+E000]"],
    ["tags\u{e0041}", "tags[U+E0041]"],
  ])("%j tells what nobody sees: %j", (text, shown) => {
    expect(visibleText(text)).toBe(shown);
    expect(hasUnseen(text)).toBe(true);
  });

  it("is on one line", () => {
    expect(visibleText("one\r\n\ttwo\u2028three")).toBe("one two three");
    expect(hasUnseen("one\ntwo")).toBe(true);
    expect(hasUnseen("one\u2028two")).toBe(true);
  });
});
