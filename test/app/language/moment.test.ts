import { describe, expect, it } from "vitest";
import { agoText, durationText, momentText, plural } from "../../../src/app/_language/moment.ts";

describe("points and lengths of time", () => {
  it("are written as each language writes them", () => {
    const at = new Date("2026-11-25T17:09:52.500Z");
    expect(momentText("en", at)).toBe("2026-11-25 17:09:52 UTC");
    expect(momentText("ja", at)).toBe("2026年11月25日 17:09:52 UTC");
  });

  it.each([
    { seconds: 0, en: "0 seconds", ja: "0 秒" },
    { seconds: 1, en: "1 second", ja: "1 秒" },
    { seconds: 90, en: "90 seconds", ja: "90 秒" },
    { seconds: 600, en: "10 minutes", ja: "10 分" },
    { seconds: 3600, en: "1 hour", ja: "1 時間" },
    { seconds: 5400, en: "90 minutes", ja: "90 分" },
    { seconds: 2_592_000, en: "30 days", ja: "30 日" },
  ])("are counted in the largest unit without a rest: $en", ({ seconds, en, ja }) => {
    expect(durationText("en", seconds)).toBe(en);
    expect(durationText("ja", seconds).replaceAll(/\s/g, " ")).toBe(ja);
  });

  it.each([
    { ms: -5_000, en: "less than a minute ago", ja: "1 分以内" },
    { ms: 59_999, en: "less than a minute ago", ja: "1 分以内" },
    { ms: 60_000, en: "1 minute ago", ja: "1 分前" },
    { ms: 3_599_999, en: "59 minutes ago", ja: "59 分前" },
    { ms: 7_200_000, en: "2 hours ago", ja: "2 時間前" },
  ])("are told in whole minutes or hours when they are past: $en", ({ ms, en, ja }) => {
    expect(agoText("en", ms)).toBe(en);
    expect(agoText("ja", ms).replaceAll(/\s/g, " ")).toBe(ja);
  });

  it("have the form of the word that goes with the number", () => {
    const forms = { one: "try", other: "tries" };
    expect([0, 1, 2].map((count) => plural("en", count, forms))).toEqual(["tries", "try", "tries"]);
    expect(plural("ja", 1, { other: "回" })).toBe("回");
  });
});
