import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { emailKey, readEmail } from "../../../src/server/account/email.ts";

describe("an e-mail address", () => {
  it.each([
    ["zoe@example.com", "zoe@example.com"],
    [" Zoe.Brown+shop@Example.COM ", "Zoe.Brown+shop@example.com"],
    ["zoe@bücher.example", "zoe@xn--bcher-kva.example"],
    ["zoe@例え.テスト", "zoe@xn--r8jz45g.xn--zckzah"],
    ["o'neil@example.co.uk", "o'neil@example.co.uk"],
  ])("is read: %j", (text, address) => {
    expect(readEmail(text)).toBe(address);
    expect(emailKey(text)).toBe(address.toLowerCase());
  });

  it.each([
    "",
    "zoe",
    "@example.com",
    "zoe@",
    "zoe@localhost",
    "zoe@127.0.0.1",
    "zoe@[127.0.0.1]",
    "zoe@0x7f.1",
    "zoe@@example.com",
    "zoe brown@example.com",
    "zoe@exam ple.com",
    '"zoe"@example.com',
    "zoe..brown@example.com",
    ".zoe@example.com",
    "zoe@example.com\r\nBcc: eve@example.com",
    "zoe\r\nBcc: eve@example.com",
    "zoe@example.com>, <eve@example.com",
    "zoe@example.com,eve@example.com",
    "Zoe <zoe@example.com>",
    "zoë@example.com",
    "\u212aate@example.com",
    "zoe@example.com/path",
    "zoe@example.com:25",
    "zoe@-example.com",
    "zoe@example.com.",
    `${"x".repeat(65)}@example.com`,
    `zoe@${"x.".repeat(130)}com`,
    "zoe%00@example.com\u0000",
    "zoe@exa\u00admple.com",
  ])("is refused: %j", (text) => {
    expect(readEmail(text)).toBeUndefined();
    expect(emailKey(text)).toBeUndefined();
  });

  it("is printable ASCII whatever was typed, and reads as itself", () => {
    fc.assert(
      fc.property(fc.oneof(fc.emailAddress(), fc.string(), fc.string({ unit: "binary" })), (text) => {
        const address = readEmail(text);
        if (address === undefined) return;
        expect(address).toMatch(/^[!-~]+@[a-z0-9.-]+$/);
        expect(readEmail(address)).toBe(address);
      }),
    );
  });
});
