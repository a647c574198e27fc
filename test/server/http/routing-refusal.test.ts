import fc from "fast-check";
import { expect, it } from "vitest";
import { routingRefusal } from "../../../src/server/http/routing-refusal.ts";

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

it("whatever was encoded is routed, and nothing makes it throw", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      expect(routingRefusal("GET", `/${encodeURIComponent(text)}`)).toBeUndefined();
      expect([undefined, 400]).toContain(routingRefusal("GET", `/${text}`)?.status);
    }),
  );
});
