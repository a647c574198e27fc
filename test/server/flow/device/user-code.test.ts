import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalisedUserCode, shownUserCode } from "../../../../src/server/flow/device/user-code.ts";

describe("a user code (RFC 8628, section 6.1)", () => {
  it.each([
    "WDJBMJHT",
    "wdjb-mjht",
    "WDJB MJHT",
    " wdjb\u2013mjht\n",
    "ＷＤＪＢ－ＭＪＨＴ",
    "WDJBーMJHT",
    "w.d.j.b_m.j.h.t",
  ])("is the same however it is typed: %s", (typed) => {
    expect(normalisedUserCode(typed)).toBe("WDJBMJHT");
  });

  it.each(["", "  ", "----", "WDJB/MJHT", "<script>", "WDJBÄMJHT", "A".repeat(256), undefined, 7, ["A"]])(
    "is none: %s",
    (typed) => expect(normalisedUserCode(typed)).toBeUndefined(),
  );

  it("is read in groups of four, and is the same code then", () => {
    expect([shownUserCode("WDJBMJHT"), shownUserCode("123456789")]).toEqual(["WDJB-MJHT", "1234-5678-9"]);
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9A-Z]{1,40}$/), (code) => {
        expect(normalisedUserCode(shownUserCode(code))).toBe(code);
      }),
    );
  });
});
