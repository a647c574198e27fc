import { X509Certificate } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readClientCertificates } from "../../../src/server/http/client-certificate.ts";
import { issueCertificate } from "../../support/certificates.ts";

const leaf = issueCertificate();
const authority = issueCertificate({ authority: true });
const bytes = ({ certificate }: typeof leaf) => `:${certificate.raw.toString("base64")}:`;
const read = (headers: Record<string, string>, header: string | undefined = "client-cert") =>
  readClientCertificates(new Headers(headers), header);
const same = (pem: string | undefined, { certificate }: typeof leaf) =>
  new X509Certificate(pem ?? "").fingerprint256 === certificate.fingerprint256;

describe("the certificate that a proxy hands over", () => {
  it("is read as RFC 9440 writes it, with its chain", () => {
    const [own, ...others] = read({
      "client-cert": bytes(leaf),
      "client-cert-chain": `${bytes(authority)}, ${bytes(leaf)}`,
    });
    expect(same(own, leaf)).toBe(true);
    expect(others.map((pem, index) => same(pem, index === 0 ? authority : leaf))).toEqual([true, true]);
  });

  it("is read as nginx writes it: PEM, percent-encoded", () => {
    const [own, ...others] = read({ "x-cert": encodeURIComponent(leaf.pem) }, "x-cert");
    expect(same(own, leaf)).toBe(true);
    expect(others).toEqual([]);
  });

  it("is nothing where no header is named, whatever a client sends", () => {
    expect(readClientCertificates(new Headers({ "client-cert": bytes(leaf) }), undefined)).toEqual([]);
    expect(read({ "client-cert": bytes(leaf) }, "x-other")).toEqual([]);
    expect(read({ "client-cert": "" })).toEqual([]);
  });

  it("is refused in any other form", () => {
    for (const text of ["MIIB", "::", ":MIIB", "-----BEGIN CERTIFICATE-----", "%", `${bytes(leaf)}x`])
      expect(() => read({ "client-cert": text })).toThrow("invalid_request");
    expect(() => read({ "client-cert": bytes(leaf), "client-cert-chain": "x" })).toThrow("invalid_request");
  });

  it("nothing that a header can hold makes it fail in another way", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)) }),
        (text) => {
          try {
            for (const pem of read({ "client-cert": text }))
              expect(pem).toMatch(/^-----BEGIN CERTIFICATE-----\n/);
          } catch (error) {
            expect(String(error)).toContain("invalid_request");
          }
        },
      ),
    );
  });
});
