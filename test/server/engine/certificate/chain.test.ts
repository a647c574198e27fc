import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import {
  certificateFields,
  parseCertificate,
} from "../../../../src/server/engine/certificate/certificate.ts";
import { leadsToRoot } from "../../../../src/server/engine/certificate/chain.ts";
import {
  type CertificateOptions,
  CLIENT_AUTHENTICATION,
  COMMON_NAME,
  type Issued,
  issueCertificate,
  SERVER_AUTHENTICATION,
} from "../../../support/certificates.ts";
import { integer, sequence, tagged } from "../../../support/der.ts";

const NOW = Date.UTC(2030, 0, 1);
const named = (name: string) => [[[COMMON_NAME, name]]] as const;
const root = issueCertificate({ subject: named("root"), authority: true });
const between = (options: CertificateOptions = {}) =>
  issueCertificate({ subject: named("between"), issuer: root, authority: true, ...options });

/** Whether a certificate that the last of these issued leads to the root. */
function leads(
  path: Issued[],
  options: CertificateOptions = {},
  given: { roots?: Issued[]; now?: number } = {},
): boolean {
  const leaf = issueCertificate({ issuer: path.at(-1) ?? root, ...options });
  return leadsToRoot({
    leaf: leaf.certificate,
    intermediates: path.map(({ certificate }) => certificate),
    roots: (given.roots ?? [root]).map(({ certificate }) => certificate),
    now: given.now ?? NOW,
  });
}

/** A path of so many certificates below the root. */
function longPath(length: number): Issued[] {
  const path: Issued[] = [];
  for (let at = 0; at < length; at += 1) {
    const subject = named(`between ${at}`);
    path.push(issueCertificate({ subject, issuer: path.at(-1) ?? root, authority: true }));
  }
  return path;
}

describe("a chain of certificates", () => {
  it("leads to a trusted one, over others or directly", () => {
    expect(leads([])).toBe(true);
    expect(leads([between()])).toBe(true);
    expect(leads(longPath(5))).toBe(true);
    expect(leads([between()], { purposes: [CLIENT_AUTHENTICATION, SERVER_AUTHENTICATION] })).toBe(true);
  });

  it("may have certificates in any order, and some that are not part of it", () => {
    const [first, second] = longPath(2) as [Issued, Issued];
    const leaf = issueCertificate({ issuer: second });
    const stray = issueCertificate({ subject: named("stray"), authority: true });
    const intermediates = [stray, second, first].map(({ certificate }) => certificate);
    expect(leadsToRoot({ leaf: leaf.certificate, intermediates, roots: [root.certificate], now: NOW })).toBe(
      true,
    );
  });

  it("may begin with a certificate that is trusted itself", () => {
    const own = issueCertificate();
    const material = { leaf: own.certificate, intermediates: [], now: NOW };
    expect(leadsToRoot({ ...material, roots: [own.certificate] })).toBe(true);
    expect(leadsToRoot({ ...material, roots: [root.certificate] })).toBe(false);
    expect(leadsToRoot({ ...material, roots: [] })).toBe(false);
  });

  it("leads nowhere over somebody who only has the name of an authority", () => {
    const impostor = issueCertificate({ subject: named("root"), authority: true });
    expect(leads([], { issuer: impostor })).toBe(false);
    expect(leads([between({ issuer: impostor })])).toBe(false);
    expect(leads([between()], {}, { roots: [impostor] })).toBe(false);
  });

  it("leads nowhere over somebody who only has the key of an authority", () => {
    const keys = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const known = between({ keys });
    const renamed = between({ keys, subject: named("renamed") });
    const leaf = issueCertificate({ issuer: known });
    const over = ({ certificate }: Issued) =>
      leadsToRoot({
        leaf: leaf.certificate,
        intermediates: [certificate],
        roots: [root.certificate],
        now: NOW,
      });
    expect(over(known)).toBe(true);
    expect(over(renamed)).toBe(false);
  });

  it("leads nowhere over a certificate that may not issue others", () => {
    expect(leads([between({ authority: false })])).toBe(false);
    const client = issueCertificate({ issuer: root });
    expect(leads([client])).toBe(false);
    const signing = { type: "2.5.29.15", critical: true, value: tagged(0x03, Buffer.of(7, 0x80)) };
    const issuing = { type: "2.5.29.15", critical: true, value: tagged(0x03, Buffer.of(2, 0x04)) };
    expect(leads([between({ extensions: [signing] })])).toBe(false);
    expect(leads([between({ extensions: [issuing] })])).toBe(true);
  });

  it("is no longer than its authorities allow", () => {
    const narrow = issueCertificate({ subject: named("narrow"), issuer: root, authority: 0 });
    const below = issueCertificate({ subject: named("below"), issuer: narrow, authority: true });
    expect(leads([narrow])).toBe(true);
    expect(leads([narrow, below])).toBe(false);
    const wide = issueCertificate({ subject: named("wide"), issuer: root, authority: 1 });
    expect(leads([wide, issueCertificate({ subject: named("below"), issuer: wide, authority: true })])).toBe(
      true,
    );
    const narrowRoot = issueCertificate({ subject: named("narrow root"), authority: 0 });
    const roots = [narrowRoot];
    expect(leads([between({ issuer: narrowRoot })], {}, { roots })).toBe(false);
    expect(leads(longPath(6))).toBe(false);
  });

  it.each<[string, CertificateOptions]>([
    ["has expired", { notAfter: new Date(NOW - 1000) }],
    ["is not valid yet", { notBefore: new Date(NOW + 1000) }],
    ["is signed with SHA-1", { hash: "sha1" }],
    [
      "has a critical extension that nobody knows",
      { extensions: [{ type: "1.2.3.4", critical: true, value: sequence() }] },
    ],
    ["constrains names", { extensions: [{ type: "2.5.29.30", value: sequence() }] }],
    ["has a short key", { keys: generateKeyPairSync("rsa", { modulusLength: 1024 }) }],
  ])("leads nowhere when a certificate in it %s", (_, options) => {
    if (options.keys) {
      expect(leads([], options)).toBe(false);
      return;
    }
    expect(leads([between(options)])).toBe(false);
    expect(leads([between()], options)).toBe(false);
    const trusted = issueCertificate({ subject: named("trusted"), authority: true, ...options });
    expect(leads([], { issuer: trusted }, { roots: [trusted] })).toBe(false);
  });

  it("may have extensions that nobody knows, if they are not critical", () => {
    const extensions = [{ type: "1.2.3.4", value: sequence() }];
    expect(leads([between({ extensions })], { extensions })).toBe(true);
  });

  it("is for clients: not with a certificate that is for other purposes only", () => {
    expect(leads([], { purposes: [SERVER_AUTHENTICATION] })).toBe(false);
    expect(leads([], { purposes: [CLIENT_AUTHENTICATION] })).toBe(true);
  });

  it("has an end even when certificates issue each other", () => {
    const keys = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const first = issueCertificate({ subject: named("loop"), authority: true, keys });
    const second = issueCertificate({ subject: named("loop"), authority: true, keys, issuer: first });
    expect(leads([first, second], { issuer: second })).toBe(false);
  });
});

describe("reading a certificate", () => {
  it("gives nothing for what is none", () => {
    for (const pem of [
      undefined,
      null,
      5,
      "",
      "x",
      "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
      {},
    ]) {
      expect(parseCertificate(pem)).toBeUndefined();
    }
  });

  it("gives all extensions with what they say", () => {
    const extensions = [{ type: "1.3.6.1.4.1.311.60.2.1.3", critical: true, value: integer(300) }];
    const fields = certificateFields(issueCertificate({ extensions }).certificate);
    expect(fields?.extensions).toEqual(
      new Map([["1.3.6.1.4.1.311.60.2.1.3", { critical: true, value: integer(300) }]]),
    );
    expect(fields?.signatureAlgorithm).toBe("1.2.840.10045.4.3.2");
  });
});
