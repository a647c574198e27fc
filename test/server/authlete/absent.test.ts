import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TooDeepError, withoutNulls } from "../../../src/server/authlete/absent.ts";

/** The rule, as JSON itself can express it. */
function specified(value: unknown): unknown {
  const text = JSON.stringify(value, (_name, member) =>
    member && typeof member === "object" && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).filter(([, entry]) => entry !== null))
      : member,
  );
  return JSON.parse(text);
}

describe("members that are null", () => {
  it("are left out at every depth, and nothing else is changed", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        const given = JSON.parse(JSON.stringify(value));
        expect(withoutNulls(given)).toEqual(specified(given));
      }),
    );
  });

  it("stay in lists, where they hold a place", () => {
    expect(withoutNulls({ a: [null, { b: null, c: 0 }], d: null, e: false, f: "" })).toEqual({
      a: [null, { c: 0 }],
      e: false,
      f: "",
    });
  });

  it("cost no copy where there are none", () => {
    const value = { a: [{ b: 1 }], c: { d: "x" } };
    expect(withoutNulls(value)).toBe(value);
  });

  it("do not let a member named __proto__ reach the prototype", () => {
    const value = withoutNulls(JSON.parse('{"__proto__":{"admin":true},"a":null}')) as Record<
      string,
      unknown
    >;
    expect(value.admin).toBeUndefined();
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });

  it("are not looked for beyond a depth that no message has", () => {
    const nested = (depth: number) => JSON.parse("[".repeat(depth) + "]".repeat(depth));
    expect(withoutNulls(nested(33))).toEqual(nested(33));
    expect(() => withoutNulls(nested(34))).toThrow(TooDeepError);
    expect(() => withoutNulls(nested(100_000))).toThrow(TooDeepError);
  });
});
