import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCompactJwe, readCompactJws, readObject } from "../../../../src/server/engine/jose/compact.ts";
import { anyText } from "../../../support/any-text.ts";
import { encoded, unsigned } from "../../../support/jwt.ts";

describe("reading a compact JWS", () => {
  it("gives its parts as they are", () => {
    const jws = readCompactJws(unsigned({ alg: "ES256" }, { sub: "a" }, "AAAA"));
    expect(jws).toEqual({
      header: { alg: "ES256" },
      payload: { sub: "a" },
      signingInput: `${encoded({ alg: "ES256" })}.${encoded({ sub: "a" })}`,
      signature: "AAAA",
    });
  });

  it.each([
    ["a text", "hello"],
    ["a list", "[1]"],
    ["null", "null"],
    ["nothing", ""],
    ["half a JSON", '{"a":'],
  ])("has no payload when that is %s", (_, payload) => {
    expect(readCompactJws(unsigned({ alg: "none" }, payload))).toMatchObject({ payload: undefined });
  });

  it.each([
    ["no header", `.${encoded({})}.AAAA`],
    ["a header that is a list", unsigned([], {})],
    ["a header that is no JSON", unsigned("x", {})],
    ["critical extensions", unsigned({ alg: "ES256", crit: ["b64"], b64: false }, {})],
    ["two parts", "e30.e30"],
    ["four parts", "e30.e30.e30.e30"],
    ["five parts", "e30.e30.e30.e30.e30"],
    ["padding", "e30=.e30.AAAA"],
    ["a blank", "e30.e30.AAAA "],
    ["a line end", "e30.e30.AAAA\n"],
    ["other letters", "e30.e30.ÄÄÄ"],
  ])("reads nothing from %s", (_, text) => {
    expect(readCompactJws(text)).toBeUndefined();
  });
});

describe("reading a compact JWE", () => {
  it("gives its header", () => {
    expect(readCompactJwe(`${encoded({ alg: "dir" })}..AAAA.AAAA.AAAA`)).toEqual({ header: { alg: "dir" } });
  });

  it.each(["e30.e30.e30", "....", ".a.a.a.a", `${encoded({ crit: [] })}.a.a.a.a`, "e30.a.a.a.a.a"])(
    "reads nothing from %s",
    (text) => {
      expect(readCompactJwe(text)).toBeUndefined();
    },
  );
});

it("no text makes a reader throw", () => {
  const part = fc.oneof(
    anyText(),
    fc.json().map(encoded),
    fc.base64String(),
    fc.constantFrom(encoded("[".repeat(10_000)), encoded("{}")),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
      const text = parts.join(".");
      const jws = readCompactJws(text);
      expect(jws === undefined || parts.length === 3).toBe(true);
      const jwe = readCompactJwe(text);
      expect(jwe === undefined || parts.length === 5).toBe(true);
      readObject(text);
    }),
    { numRuns: 200 },
  );
});
