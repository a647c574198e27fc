import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cameFrom } from "../../../src/app/_language/came-from.ts";

const trusted = ["http://localhost:3000", "http://127.0.0.1:3000"];

describe("where a form was sent from", () => {
  it("is a page of ours, with what its address says", () => {
    expect(cameFrom("http://localhost:3000/login?next=%2Fdevice", trusted)).toBe("/login?next=%2Fdevice");
    expect(cameFrom("http://127.0.0.1:3000/", trusted)).toBe("/");
  });

  it("no longer asks for another language than the one that was chosen", () => {
    expect(cameFrom("http://localhost:3000/logout?ui_locales=ja&state=1", trusted)).toBe("/logout?state=1");
  });

  it("asks for it on the way of a request, which would ask for its own again", () => {
    const next = `next=%2Foauth%2Finteraction%2F${"x".repeat(43)}`;
    expect(cameFrom(`http://localhost:3000/reset?ui_locales=ja&${next}`, trusted, "en")).toBe(
      `/reset?${next}&ui_locales=en`,
    );
    expect(cameFrom("http://localhost:3000/reset?ui_locales=ja&next=%2Faccount", trusted, "en")).toBe(
      "/reset?next=%2Faccount",
    );
  });

  it.each([
    null,
    "",
    "about:client",
    "javascript:alert(1)",
    "https://evil.example/login",
    "http://localhost:3001/login",
    "http://localhost:3000@evil.example/",
    "http://localhost.evil.example:3000/",
    "http://localhost:3000//evil.example/",
    "http://localhost:3000/\\evil.example",
    "http://localhost:3000/%2f/evil.example/..//evil.example",
  ])("is nowhere else: %s", (referer) => {
    const path = cameFrom(referer, trusted);
    expect(new URL(path, "http://localhost:3000").origin).toBe("http://localhost:3000");
    expect(path).toMatch(/^\/(?!\/)/);
  });

  it("is a path of this server, whatever the header says", () => {
    const urls = fc.oneof(
      fc.webUrl(),
      fc.string().map((path) => `http://localhost:3000/${path}`),
    );
    fc.assert(
      fc.property(urls, (referer) => {
        expect(new URL(cameFrom(referer, trusted), "http://localhost:3000").host).toBe("localhost:3000");
      }),
    );
  });
});
