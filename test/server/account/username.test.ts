import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normaliseUsername } from "../../../src/server/account/username.ts";

describe("normaliseUsername", () => {
  it.each([
    ["zoe", "zoe"],
    ["  Zoe ", "zoe"],
    ["ZOË", "zoë"],
    ["Zoe\u0308", "zoë"],
    ["zoe@example.com", "zoe@example.com"],
    ["名前", "名前"],
    ["Ｚｏｅ＠ｅｘａｍｐｌｅ．ｃｏｍ", "zoe@example.com"],
    ["ｶﾞｲﾄﾞ", "ガイド"],
    ["zoe\u3000lee", "zoe lee"],
    ["\uffe3zoe", "\u0304zoe"],
    ["x".repeat(256), "x".repeat(256)],
  ])("gives %j the form %j", (username, key) => {
    expect(normaliseUsername(username)).toBe(key);
  });

  it.each([
    ["nothing", ""],
    ["blanks", " \t "],
    ["a NUL", "zoe\u0000"],
    ["a line break", "zo\ne"],
    ["a control character", "zo\u009fe"],
    ["a bidirectional override", "zoe\u202egnp"],
    ["a right-to-left mark", "zo\u200fe"],
    ["an isolate", "zo\u2066e"],
    ["a zero-width joiner", "zo\u200de"],
    ["a byte order mark inside", "zo\ufeffe"],
    ["half a surrogate pair", "zo\ud800e"],
    ["a private character", "zo\ue000e"],
    ["a line separator", "zo\u2028e"],
    ["too much", "x".repeat(257)],
  ])("refuses %s", (_, username) => {
    expect(normaliseUsername(username)).toBeUndefined();
  });

  it("gives a form that is its own form", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 40 }), (username) => {
        const key = normaliseUsername(username);
        if (key !== undefined) expect(normaliseUsername(key)).toBe(key);
      }),
    );
  });
});
