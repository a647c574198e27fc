import { describe, expect, it } from "vitest";
import { originLines } from "../../src/app/(interaction)/device/origin-lines.ts";

const now = Date.UTC(2026, 10, 25, 12);
const origin = { askedAt: now - 150_000, address: "203.0.113.5", program: "curl 8.5.0" };
const here = { now, address: "203.0.113.5" };

describe("RFC 8628 §5.4: where the device is", () => {
  it("is said in the reader's language", () => {
    expect(originLines(origin, here, "en")).toEqual({
      asked: ["Asked for 2 minutes ago from 203.0.113.5.", "The program calls itself “curl 8.5.0”."],
    });
    expect(originLines(origin, here, "ja")).toEqual({
      asked: ["2 分前に 203.0.113.5 から要求されました。", "プログラムは「curl 8.5.0」と名乗っています。"],
    });
  });

  it("is a warning when it is not where the person is", () => {
    const elsewhere = { now, address: "198.51.100.7" };
    expect(originLines(origin, elsewhere, "en").elsewhere).toContain("you come from 198.51.100.7");
    expect(originLines(origin, elsewhere, "ja").elsewhere).toContain("198.51.100.7");
  });

  it("is not compared where one of the two is not known", () => {
    expect(originLines(origin, { now, address: undefined }, "en")).not.toHaveProperty("elsewhere");
    const nowhere = { askedAt: now, address: undefined, program: undefined };
    expect(originLines(nowhere, here, "en")).toEqual({
      asked: ["Asked for less than a minute ago. From where is not known."],
    });
    expect(originLines({ ...nowhere, askedAt: now - 1 }, here, "ja")).toEqual({
      asked: ["1 分以内に要求されました。どこからかは分かりません。"],
    });
  });

  it("is said to be unknown of a code that was not asked for here", () => {
    expect(originLines(undefined, here, "en").asked.join()).toMatch(/is not known/);
    expect(originLines(undefined, here, "ja").asked.join()).toMatch(/分かりません/);
  });
});
