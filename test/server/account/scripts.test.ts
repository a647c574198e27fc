import { expect, it } from "vitest";
import { keepsToOneScript } from "../../../src/server/account/scripts.ts";

it.each([
  "alice",
  "Zoë_42",
  "o'neill-1 🙂",
  "Алиса",
  "Αλίκη",
  "アリス",
  "名前",
  "alice名前ありすアリスー",
  "abc漢字ㄅㄆㄇ",
  "abc漢字한글",
  "עליזה",
  "ﺃﻠﻴﺲ٤",
  "อลิซ",
  "एलिस",
  "é",
  "12345",
  "",
])("%j keeps to one script, or to those that one language mixes", (text) => {
  expect(keepsToOneScript(text)).toBe(true);
});

it.each([
  ["a Cyrillic letter among Latin ones", "\u0430lice"],
  ["a Latin letter among Cyrillic ones", "Алиcа"],
  ["a Greek letter among Latin ones", "g\u03bfogle"],
  ["an Armenian letter among Latin ones", "a\u0578na"],
  ["Cyrillic and Greek", "а\u03bf"],
  ["kana and Hangul", "あ한"],
  ["Bopomofo and kana", "ㄅあ"],
  ["Cyrillic and Han", "Ж漢"],
  ["a script that nobody writes any more", "𐌰𐌱"],
  ["mathematical letters", "\u{1d41a}lice"],
  ["a script whose letters look like Latin ones", "\u13aa\u13b3"],
])("%s do not: %j", (_, text) => {
  expect(keepsToOneScript(text)).toBe(false);
});
