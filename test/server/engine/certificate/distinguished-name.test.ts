import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { certificateFields } from "../../../../src/server/engine/certificate/certificate.ts";
import {
  equalNames,
  parseDistinguishedName,
  subjectNames,
} from "../../../../src/server/engine/certificate/distinguished-name.ts";
import { anyText } from "../../../support/any-text.ts";
import {
  type CertificateOptions,
  COMMON_NAME,
  ecKeys,
  issueCertificate,
  ORGANIZATION,
} from "../../../support/certificates.ts";

const COUNTRY = "2.5.4.6";
const UNIT = "2.5.4.11";
const keys = ecKeys();

/** Whether a registered name is that of a certificate with this subject. */
function fits(registered: string, subject: NonNullable<CertificateOptions["subject"]>): boolean | undefined {
  const fields = certificateFields(issueCertificate({ subject, keys }).certificate);
  const expected = parseDistinguishedName(registered);
  return expected && equalNames(expected, subjectNames(fields?.subject ?? []) ?? []);
}

const plain = [[[COUNTRY, "US"]], [[ORGANIZATION, "Example"]], [[COMMON_NAME, "client"]]] as const;

describe("a distinguished name", () => {
  it.each([
    "CN=client,O=Example,C=US",
    "cn=client, o=Example , c = US",
    "CN=client;O=Example;C=US",
    "2.5.4.3=client,2.5.4.10=Example,2.5.4.6=US",
    "CN=CLIENT,O=example,C=us",
    'CN="client",O=Example,C=US',
    "CN=cl\\69ent,O=Example,C=US",
    "CN=#0c06636c69656e74,O=Example,C=US",
  ])("is this one: %s", (registered) => {
    expect(fits(registered, plain)).toBe(true);
  });

  it.each([
    "C=US,O=Example,CN=client",
    "CN=client,O=Example",
    "O=Example,C=US",
    "CN=client,O=Example,C=US,CN=client",
    "CN=client+O=Example,C=US",
    "CN=client2,O=Example,C=US",
    "CN=clien,O=Example,C=US",
    "CN=*,O=Example,C=US",
    "OU=client,O=Example,C=US",
    "CN=client\\,O=Example,O=Example,C=US",
    "CN=client,O=Example,C=US+C=US",
    "CN=#30080c06636c69656e74,O=Example,C=US",
  ])("is not this one: %s", (registered) => {
    expect(fits(registered, plain)).toBe(false);
  });

  it.each([
    "",
    "client",
    "=client",
    "CN",
    "CN=client,",
    ",CN=client",
    "CN=a,,O=b",
    "XX=client",
    "CN=a\\",
    "CN=#zz",
    "CN=#0",
    "CN=#",
  ])("is none: %j", (registered) => {
    expect(parseDistinguishedName(registered)).toBeUndefined();
  });

  it("has special characters escaped, and those in certificates not", () => {
    const subject = [[[ORGANIZATION, ' #a,b+c"d\\e;f<g>=h ']]] as const;
    expect(fits('O=\\ #a\\,b\\+c\\"d\\\\e\\;f\\<g\\>\\=h\\ ', subject)).toBe(true);
    expect(fits('O="#a,b+c\\"d\\\\e;f<g>=h"', subject)).toBe(true);
    expect(fits("O=#a", subject)).toBeUndefined();
  });

  it("has relative names of several attributes, in any order", () => {
    const subject = [
      [[ORGANIZATION, "x"]],
      [
        [COMMON_NAME, "a"],
        [UNIT, "b"],
      ],
    ] as const;
    expect(fits("CN=a+OU=b,O=x", subject)).toBe(true);
    expect(fits("OU=b + CN=a,O=x", subject)).toBe(true);
    expect(fits("CN=a,OU=b,O=x", subject)).toBe(false);
  });

  it("does not end where a text has a zero byte", () => {
    expect(fits("CN=client", [[[COMMON_NAME, "client\0.evil"]]])).toBe(false);
    expect(fits("CN=client\\00.evil", [[[COMMON_NAME, "client\0.evil"]]])).toBe(true);
  });

  it("has no letters that another attribute could be made of", () => {
    expect(fits("CN=a,O=b", [[[COMMON_NAME, "a,O=b"]]])).toBe(false);
    expect(fits("CN=a+OU=b", [[[COMMON_NAME, "a+OU=b"]]])).toBe(false);
    expect(fits('CN=a","2.5.4.10=b', [[[COMMON_NAME, 'a","2.5.4.10=b']]])).toBe(true);
  });

  it("may be in UTF-16, as old authorities write it", () => {
    const hex = Buffer.from("client", "utf16le").swap16().toString("hex");
    expect(fits(`CN=#1e0c${hex}`, [[[COMMON_NAME, "client"]]])).toBe(true);
    expect(fits("CN=#1e0141", [[[COMMON_NAME, "A"]]])).toBe(false);
  });

  it("may have blanks and letters of every script", () => {
    expect(fits("CN=Jürgen  Müller 株式会社", [[[COMMON_NAME, "Jürgen Müller  株式会社"]]])).toBe(true);
    expect(fits("CN=J\\C3\\BCrgen", [[[COMMON_NAME, "Jürgen"]]])).toBe(true);
  });

  it("is nobody's when it is empty", () => {
    expect(equalNames([], [])).toBe(false);
  });

  it("is the one it is written as, whatever it says", () => {
    const letter = fc.constantFrom(...'aZ0 ,+"\\<>;=#\0\n/ßÜ株𝄞');
    const value = fc
      .string({ minLength: 1, maxLength: 20, unit: letter })
      .filter((text) => text.trim() !== "");
    const escaped = (text: string) =>
      text
        .trim()
        .replace(/[\\,+"<>;=#]/g, "\\$&")
        .replaceAll("\0", "\\00");
    fc.assert(
      fc.property(value, value, (name, organization) => {
        expect(
          fits(`CN=${escaped(name)},O=${escaped(organization)}`, [
            [[ORGANIZATION, organization]],
            [[COMMON_NAME, name]],
          ]),
        ).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it("no text makes the reader throw", () => {
    const text = fc.oneof(
      anyText(),
      fc.string({ unit: fc.constantFrom("CN", "=", ",", "+", "\\", '"', "#", "30", "1e", "01", "a") }),
    );
    fc.assert(
      fc.property(text, (name) => {
        parseDistinguishedName(name);
        parseDistinguishedName(`CN=#${name}`);
      }),
      { numRuns: 300 },
    );
  });
});
