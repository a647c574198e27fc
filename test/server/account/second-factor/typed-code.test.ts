import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { base32 } from "../../../../src/server/account/second-factor/base32.ts";
import { keyUri } from "../../../../src/server/account/second-factor/key-uri.ts";
import {
  newRecoveryCodes,
  readRecoveryCode,
  recoveryCodeHash,
} from "../../../../src/server/account/second-factor/recovery-codes.ts";
import { readTypedCode } from "../../../../src/server/account/second-factor/typed-code.ts";

const random = (bytes: number) => randomBytes(bytes);

describe("Base32", () => {
  it.each([
    ["", ""],
    ["f", "MY"],
    ["fo", "MZXQ"],
    ["foo", "MZXW6"],
    ["foob", "MZXW6YQ"],
    ["fooba", "MZXW6YTB"],
    ["foobar", "MZXW6YTBOI"],
  ])("RFC 4648, section 10: %j is %j", (text, expected) => {
    expect(base32(Buffer.from(text))).toBe(expected);
  });
});

describe("the address of a key", () => {
  it("names service and person, and says what a code is made of", () => {
    const uri = keyUri(Buffer.from("12345678901234567890"), { issuer: "Ticketgate", username: "zoë & co" });
    expect(uri).toBe(
      "otpauth://totp/Ticketgate:zo%C3%AB%20%26%20co?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Ticketgate&algorithm=SHA1&digits=6&period=30",
    );
  });
});

describe("recovery codes", () => {
  it("are ten, each another one, in groups that can be read", () => {
    const { codes, hashes } = newRecoveryCodes("usr_1", random);
    expect(new Set(codes).size).toBe(10);
    expect(new Set(hashes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){4}[0-9A-HJKMNP-TV-Z]{5}$/);
    expect(hashes.join()).not.toContain(codes[0]);
  });

  it("are kept as hashes that are good for their person only", () => {
    const { codes, hashes } = newRecoveryCodes("usr_1", random);
    const [code = ""] = codes;
    expect(recoveryCodeHash("usr_1", readRecoveryCode(code) ?? "")).toBe(hashes[0]);
    expect(recoveryCodeHash("usr_2", readRecoveryCode(code) ?? "")).not.toBe(hashes[0]);
  });

  it("are read however they were written down", () => {
    const { codes, hashes } = newRecoveryCodes("usr_1", random);
    const spellings = [
      (code: string) => code.toLowerCase(),
      (code: string) => code.replaceAll("-", " "),
      (code: string) => `  ${code.replaceAll("-", "–")} `,
      (code: string) => code.replaceAll("0", "o").replaceAll("1", "l"),
      (code: string) =>
        code.replace(/[0-9A-Z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)),
    ];
    for (const [index, code] of codes.entries()) {
      for (const spelling of spellings) {
        const read = readTypedCode(spelling(code));
        if (read?.kind !== "recovery") throw new Error(`not read: ${spelling(code)}`);
        expect(recoveryCodeHash("usr_1", read.code)).toBe(hashes[index]);
      }
    }
  });
});

describe("a code that somebody typed", () => {
  it.each(["123456", " 123 456 ", "123-456", "１２３４５６", "123\u00a0456"])(
    "%j is one of the app",
    (typed) => {
      expect(readTypedCode(typed)).toEqual({ kind: "totp", digits: "123456" });
    },
  );

  it.each(["", "12345", "1234567", "12345a", "١٢٣٤٥٦", "ABCDE-FGHJK", "-".repeat(29), "U".repeat(25)])(
    "%j is none",
    (typed) => {
      expect(readTypedCode(typed)).toBeUndefined();
    },
  );

  it("is read or not, whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 100 }), (typed) => {
        const read = readTypedCode(typed);
        if (read?.kind === "totp") expect(read.digits).toMatch(/^[0-9]{6}$/);
        if (read?.kind === "recovery") expect(read.code).toMatch(/^[0-9A-HJKMNP-TV-Z]{25}$/);
      }),
    );
  });
});
