import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalizedTarget } from "../../../../src/server/engine/dpop/target-uri.ts";

describe("the target of a proof", () => {
  it.each([
    ["https://as.example/token", "https://as.example/token"],
    ["HTTPS://AS.example/token", "https://as.example/token"],
    ["https://as.example:443/token", "https://as.example/token"],
    ["http://as.example:80/token", "http://as.example/token"],
    ["https://as.example:8443/token", "https://as.example:8443/token"],
    ["https://as.example", "https://as.example/"],
    ["https://as.example/token?a=1", "https://as.example/token"],
    ["https://as.example/token#a", "https://as.example/token"],
    ["https://as.example/a/../token", "https://as.example/token"],
    ["https://as.example/%74oken", "https://as.example/token"],
    ["https://as.example/%7euser", "https://as.example/~user"],
    ["https://as.example/a%2fb", "https://as.example/a%2Fb"],
    ["https://as.example/ü", "https://as.example/%C3%BC"],
    ["https://user@as.example/token", "https://as.example/token"],
  ])("%s is %s", (uri, normalized) => {
    expect(normalizedTarget(uri)).toBe(normalized);
  });

  it.each([
    ["https://as.example/token", "https://as.example/Token"],
    ["https://as.example/token", "https://as.example/token/"],
    ["https://as.example/token", "http://as.example/token"],
    ["https://as.example/token", "https://as.example:444/token"],
    ["https://as.example/token", "https://evil.example/token"],
    ["https://as.example/a/b", "https://as.example/a%2Fb"],
    ["https://as.example/token", "https://as.example.evil.example/token"],
  ])("%s is not %s", (one, other) => {
    expect(normalizedTarget(one)).not.toBe(normalizedTarget(other));
  });

  it.each([
    undefined,
    null,
    "",
    "token",
    "/token",
    "ftp://as.example/",
    "urn:x",
    5,
    {},
    ["https://as.example"],
  ])("%j is none", (uri) => {
    expect(normalizedTarget(uri)).toBeUndefined();
  });

  it("stays what it is when it is normalized again", () => {
    const letter = fc.constantFrom(..."aZ0/.~-_%2fF7e:@;=&+ üß?#");
    const uri = fc
      .tuple(
        fc.constantFrom("https://as.example", "HTTP://AS.example:80", "https://[::1]:8443"),
        fc.string({ unit: letter }),
      )
      .map(([origin, rest]) => `${origin}/${rest}`);
    fc.assert(
      fc.property(uri, (target) => {
        const once = normalizedTarget(target);
        expect(once).toBeDefined();
        expect(normalizedTarget(once)).toBe(once);
      }),
    );
  });
});
