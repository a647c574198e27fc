import { describe, expect, it } from "vitest";
import {
  type AlternativeName,
  hasAlternativeName,
} from "../../../../src/server/engine/certificate/alternative-names.ts";
import { certificateFields } from "../../../../src/server/engine/certificate/certificate.ts";
import { type CertificateOptions, ecKeys, issueCertificate } from "../../../support/certificates.ts";

const EMAIL = 0x81;
const DNS = 0x82;
const URI = 0x86;
const IP = 0x87;
const keys = ecKeys();

function has(names: CertificateOptions["alternativeNames"], kind: AlternativeName, name: string): boolean {
  const fields = certificateFields(
    issueCertificate({ keys, ...(names ? { alternativeNames: names } : {}) }).certificate,
  );
  return fields !== undefined && hasAlternativeName(fields, kind, name);
}

const ipv6 = Buffer.from("20010db8000000000000000000000001", "hex");
const names = [
  [DNS, "Client.example"],
  [URI, "https://client.example/a"],
  [IP, Buffer.from([192, 0, 2, 1])],
  [IP, ipv6],
  [EMAIL, "ops@client.example"],
] as const;

describe("an alternative name", () => {
  it.each<[AlternativeName, string]>([
    ["dns", "client.example"],
    ["dns", "CLIENT.EXAMPLE"],
    ["uri", "https://client.example/a"],
    ["ip", "192.0.2.1"],
    ["ip", "2001:db8::1"],
    ["ip", "2001:0DB8:0:0:0:0:0:1"],
    ["email", "ops@client.example"],
  ])("is there: %s %s", (kind, name) => {
    expect(has(names, kind, name)).toBe(true);
  });

  it.each<[AlternativeName, string]>([
    ["dns", "other.example"],
    ["dns", "*.example"],
    ["dns", "client.example."],
    ["dns", "https://client.example/a"],
    ["uri", "https://client.example/"],
    ["uri", "https://client.example/A"],
    ["uri", "client.example"],
    ["ip", "192.0.2.2"],
    ["ip", "192.0.2.01"],
    ["ip", "3221225985"],
    ["ip", "::ffff:192.0.2.1"],
    ["ip", "2001:db8::2"],
    ["ip", "client.example"],
    ["ip", ""],
    ["email", "OPS@client.example"],
    ["email", "client.example"],
  ])("is not there: %s %s", (kind, name) => {
    expect(has(names, kind, name)).toBe(false);
  });

  it("has no wildcards in certificates either", () => {
    expect(has([[DNS, "*.example"]], "dns", "client.example")).toBe(false);
  });

  it("does not end at a zero byte, a comma or a quote", () => {
    expect(has([[DNS, "client.example\0.evil"]], "dns", "client.example")).toBe(false);
    expect(has([[URI, "https://a/, DNS:client.example"]], "dns", "client.example")).toBe(false);
    expect(has([[URI, '"https://a/"']], "uri", "https://a/")).toBe(false);
  });

  it("is not there where there are none, or an address has a strange length", () => {
    expect(has(undefined, "dns", "client.example")).toBe(false);
    expect(has([[IP, Buffer.from([192, 0, 2])]], "ip", "192.0.2.1")).toBe(false);
    expect(has([[IP, Buffer.alloc(0)]], "ip", "")).toBe(false);
  });
});
