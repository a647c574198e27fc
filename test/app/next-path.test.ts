import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextPath } from "../../src/app/(interaction)/login/next-path.ts";

describe("where a sign-in goes on to", () => {
  it.each(["/", "/account", "/account/sessions?tab=2#top", "/a/../b"])("goes to %s", (path) => {
    expect(nextPath(path)).toBe(new URL(path, "https://x.example").href.slice("https://x.example".length));
  });

  it.each([
    undefined,
    "",
    "account",
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    " /account",
    "https://evil.example/",
    "javascript:alert(1)",
    "/..//evil.example",
    "/.//evil.example",
    "/%0d%0aSet-Cookie:x".replace("%0d%0a", "\r\n"),
    ["/account", "//evil.example"],
  ])("stays at home for %j", (text) => {
    expect(nextPath(text)).toBe("/");
  });

  it("never leaves this server, whatever it is given", () => {
    const piece = fc.constantFrom(
      "/",
      "\\",
      ".",
      "..",
      "evil.example",
      "\t",
      "@",
      ":",
      "%2f",
      "?",
      "#",
      "javascript:",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const target = new URL(nextPath(pieces.join("")), "https://own.example");
        expect(target.origin).toBe("https://own.example");
      }),
    );
  });
});
