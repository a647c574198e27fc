import { describe, expect, it } from "vitest";
import { newUserCode, userCodeHash } from "../../../../src/server/engine/device/user-code.ts";

/** The code that a generator leads to which gives these bytes one by one, and zeros when they are used up. */
function codeOf(bytes: readonly number[], service = {}): string {
  const left = [...bytes];
  const random = (count: number) => Uint8Array.from({ length: count }, () => left.shift() ?? 0);
  return newUserCode({ service, random });
}

describe("a user code", () => {
  it.each([
    ["BASE20", "BCDFGHJKLMNPQRSTVWXZ"],
    ["NUMERIC", "0123456789"],
  ] as const)("has every character of %s equally often", (userCodeCharset, characters) => {
    const counts = new Map<string, number>();
    for (let byte = 0; byte < 256; byte += 1) {
      const settings = { userCodeCharset, userCodeLength: 1 };
      // A byte that is passed over shows itself: what follows makes the code.
      const codes = [1, 2].map((next) => codeOf([byte, next], settings));
      const [code] = codes;
      if (code !== undefined && codes.every((other) => other === code)) {
        counts.set(code, (counts.get(code) ?? 0) + 1);
      }
    }
    const each = Math.floor(256 / characters.length);
    expect([...counts.keys()].toSorted().join("")).toBe(characters);
    expect(new Set(counts.values())).toEqual(new Set([each]));
  });

  it("is stored for its service", () => {
    expect(userCodeHash({ serviceId: "1" }, "BCDF")).toMatch(/^[\w-]{43}$/);
    expect(userCodeHash({ serviceId: "1" }, "BCDF")).not.toBe(userCodeHash({ serviceId: "2" }, "BCDF"));
  });
});
