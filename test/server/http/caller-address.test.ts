import { describe, expect, it } from "vitest";
import { callerAddress } from "../../../src/server/http/caller-address.ts";

const read = (headers: Record<string, string>, name: string | undefined = "x-forwarded-for") =>
  callerAddress(new Headers(headers), name);

describe("the address of who calls", () => {
  it("is not known unless the configuration names the header of the proxy", () => {
    const headers = {
      "x-forwarded-for": "203.0.113.7",
      "x-real-ip": "203.0.113.7",
      forwarded: "for=203.0.113.7",
    };
    expect(callerAddress(new Headers(headers), undefined)).toBeUndefined();
    expect(read(headers, "x-real-ip")).toBe("203.0.113.7");
  });

  it("is the last of a list: the one before it are what the caller says about itself", () => {
    expect(read({ "x-forwarded-for": "198.51.100.1, 10.0.0.1 ,203.0.113.7" })).toBe("203.0.113.7");
  });

  it.each([
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:DB8:1:2::ffff", "2001:db8:1:2::/64"],
    ["[2001:db8:1:2::1]", "2001:db8:1:2::/64"],
    ["2001:db8::1", "2001:db8:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
    ["::ffff:203.0.113.7", "203.0.113.7"],
    ["::FFFF:cb00:7107", "203.0.113.7"],
  ])("is of IPv6 the network, which one caller has whole: %s", (text, address) => {
    expect(read({ "x-forwarded-for": text })).toBe(address);
  });

  it.each([
    "",
    ",",
    "203.0.113.7,",
    "unknown",
    "203.0.113",
    "203.0.113.7:443",
    "0x7f.1",
    "_hidden",
    "fe80::1%eth0",
    "::1]",
    "1".repeat(5000),
  ])("is not known when the header holds something else: %j", (text) => {
    expect(read({ "x-forwarded-for": text })).toBeUndefined();
  });

  it("is not known when the header is absent", () => {
    expect(read({})).toBeUndefined();
  });
});
