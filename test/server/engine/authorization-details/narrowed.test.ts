import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { authorizationDetailsJson } from "../../../../src/server/engine/authorization-details/json.ts";
import { narrowedAuthorizationDetails } from "../../../../src/server/engine/authorization-details/narrowed.ts";
import { readAuthorizationDetails } from "../../../../src/server/engine/authorization-details/read.ts";
import { Refusal } from "../../../../src/server/engine/refusal.ts";

/** The code of what a text is refused with, or nothing. */
function refusalOf(attempt: () => unknown): string | undefined {
  try {
    attempt();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

const read = (value: unknown) => readAuthorizationDetails(JSON.stringify(value));
const narrowed = (granted: unknown, requested: unknown) =>
  refusalOf(() => narrowedAuthorizationDetails(read(granted), read(requested)));

const names = fc.array(fc.string(), { maxLength: 3 });
/** Elements that have no member without a value: those say nothing. */
const element = fc
  .record(
    {
      type: fc.string({ minLength: 1 }),
      locations: names,
      actions: names,
      datatypes: names,
      identifier: fc.string({ minLength: 1 }),
    },
    { requiredKeys: ["type"] },
  )
  .chain((common) =>
    fc
      .dictionary(
        fc.string().filter((name) => name.startsWith("x")),
        fc.oneof(fc.integer(), fc.string(), names),
      )
      .map((others) => ({ ...others, ...common })),
  );
const elements = fc.array(element, { minLength: 1, maxLength: 4 });

describe("authorization details", () => {
  it("come out as they went in", () => {
    fc.assert(
      fc.property(elements, (list) => {
        const plain = JSON.parse(JSON.stringify(list));
        expect(authorizationDetailsJson(read(list))).toEqual(plain);
      }),
    );
  });

  it("of any text are read or refused, and nothing else", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.json().map((text) => `[${text}]`),
        ),
        (text) => {
          const code = refusalOf(() => readAuthorizationDetails(text));
          expect([undefined, "A249301", "A249304", "A249305", "A249306"]).toContain(code);
        },
      ),
    );
    expect(refusalOf(() => readAuthorizationDetails(`${"[".repeat(100_000)}${"]".repeat(100_000)}`))).toBe(
      "A249304",
    );
  });

  it("may be any of those that were granted, with their members in any order", () => {
    fc.assert(
      fc.property(elements, fc.func(fc.boolean()), (granted, isWanted) => {
        const wanted = granted
          .filter(isWanted)
          .map((one) => Object.fromEntries(Object.entries(one).toReversed()));
        expect(narrowed(granted, wanted)).toBeUndefined();
      }),
    );
  });

  it("may be no others, not even with more or fewer members", () => {
    fc.assert(
      fc.property(elements, element, (granted, other) => {
        const known = new Set(granted.map((one) => JSON.stringify(Object.entries(one).toSorted())));
        fc.pre(!known.has(JSON.stringify(Object.entries(other).toSorted())));
        expect(narrowed(granted, [...granted, other])).toBe("A901305");
      }),
    );
    const payment = { type: "payment", sum: 7 };
    for (const other of [
      { type: "payment" },
      { ...payment, to: "x" },
      { ...payment, sum: 8 },
      { ...payment, actions: [] },
    ]) {
      expect(narrowed([payment], [other])).toBe("A901305");
      expect(narrowed([other], [payment])).toBe("A901305");
    }
    expect(refusalOf(() => narrowedAuthorizationDetails(undefined, read([payment])))).toBe("A901305");
  });
});
