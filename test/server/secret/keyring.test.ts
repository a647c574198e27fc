import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createKeyring } from "../../../src/server/secret/keyring.ts";

const keyA = "a".repeat(40);
const keyB = "b".repeat(40);
const ring = (keys: [string, ...string[]], purpose = "session") =>
  createKeyring(keys, { purpose, random: randomBytes });

describe("a keyring", () => {
  it("opens what it sealed, whatever the text and the context", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (text, context) => {
        const keyring = ring([keyA]);
        const wellFormed = text.toWellFormed();
        expect(keyring.open(keyring.seal(wellFormed, context), context)).toBe(wellFormed);
      }),
    );
  });

  it("never seals the same text into the same bytes", () => {
    const keyring = ring([keyA]);
    expect(keyring.seal("text", "row")).not.toBe(keyring.seal("text", "row"));
  });

  it("opens nothing in another context, of another purpose, or with another key", () => {
    const sealed = ring([keyA]).seal("text", "row 1");
    expect(ring([keyA]).open(sealed, "row 2")).toBeUndefined();
    expect(ring([keyA], "store").open(sealed, "row 1")).toBeUndefined();
    expect(ring([keyB]).open(sealed, "row 1")).toBeUndefined();
    expect(ring([keyA]).open(sealed, "row 1")).toBe("text");
  });

  it("tells what the newest key sealed from what an older one did", () => {
    const sealed = ring([keyA]).seal("text", "row");
    expect(ring([keyA, keyB]).isNewest(sealed, "row")).toBe(true);
    expect(ring([keyB, keyA]).isNewest(sealed, "row")).toBe(false);
    expect(ring([keyA]).isNewest(sealed, "another row")).toBe(false);
    expect(ring([keyA]).isNewest("", "row")).toBe(false);
  });

  it("opens nothing that was altered in any byte or cut", () => {
    const keyring = ring([keyA]);
    const sealed = Buffer.from(keyring.seal("text", "row"), "base64url");
    for (let at = 0; at < sealed.length; at++) {
      const altered = Buffer.from(sealed);
      altered[at] = (altered[at] as number) ^ 1;
      expect(keyring.open(altered.toString("base64url"), "row")).toBeUndefined();
      expect(keyring.open(sealed.subarray(0, at).toString("base64url"), "row")).toBeUndefined();
    }
  });

  it("goes on opening with an old key after a new one came in front, and seals with the new one", () => {
    const old = ring([keyA]).seal("text", "row");
    const rotated = ring([keyB, keyA]);
    expect(rotated.open(old, "row")).toBe("text");
    expect(ring([keyB]).open(rotated.seal("text", "row"), "row")).toBe("text");
    expect(ring([keyB]).open(old, "row")).toBeUndefined();
  });
});
