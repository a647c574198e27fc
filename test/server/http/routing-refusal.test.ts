import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { originForm, routingRefusal } from "../../../src/server/http/routing-refusal.ts";

const known = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

it.each(known)("%s is routed", (method) => {
  expect(routingRefusal(method, "/oauth/token")).toBeUndefined();
});

it.each(["TRACE", "CONNECT", "PROPFIND", "QUERY", "get", ""])(
  "%j is no method of any page or endpoint",
  (method) => {
    expect(routingRefusal(method, "/")).toMatchObject({ status: 405, headers: { allow: known.join(", ") } });
  },
);

it.each(["/", "/oauth/token", "/%6Fauth", "/a%2Fb", "/%E2%82%AC", "/a%25", "//", "/%00"])(
  "%s is routed",
  (path) => {
    expect(routingRefusal("GET", path)).toBeUndefined();
  },
);

it.each(["/%", "/oauth/token%", "/%z1", "/%zz", "/%ff", "/%E2%82", "/%C0%AF"])("%s is broken", (path) => {
  expect(routingRefusal("GET", path)).toMatchObject({
    status: 400,
    headers: { "cache-control": "no-store" },
  });
});

it.each(["*", "", "login", "?a=1"])("%j is no path", (path) => {
  expect(routingRefusal("GET", path)).toMatchObject({ status: 400 });
  expect(routingRefusal("POST", path)).toMatchObject({ status: 400 });
});

it("* is a target of OPTIONS", () => {
  expect(routingRefusal("OPTIONS", "*")).toBeUndefined();
});

it("whatever was encoded is routed, and nothing makes it throw", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      expect(routingRefusal("GET", `/${encodeURIComponent(text)}`)).toBeUndefined();
      expect([undefined, 400]).toContain(routingRefusal("GET", `/${text}`)?.status);
    }),
  );
});

describe("the path and query of a request", () => {
  it.each([
    ["/", "/"],
    ["/login?next=http://a.example/b", "/login?next=http://a.example/b"],
    ["http://evil.example/login?a=1", "/login?a=1"],
    ["HTTPS://evil.example:8443/a", "/a"],
    ["http://evil.example", "/"],
    ["http://evil.example?a=1", "/?a=1"],
    ["http:///evil.example/", "/evil.example/"],
    ["http://user@evil.example/a", "/a"],
    ["*", "*"],
  ])("of %s is %s", (target, form) => {
    expect(originForm(target)).toBe(form);
  });
});
