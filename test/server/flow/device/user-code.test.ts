import { describe, expect, it } from "vitest";
import { normalisedUserCode } from "../../../../src/server/flow/device/user-code.ts";

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
});
