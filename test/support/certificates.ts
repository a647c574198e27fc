import { generateKeyPairSync, type KeyObject, randomBytes, sign, X509Certificate } from "node:crypto";
import { integer, octets, oid, sequence, set, tagged, text, time } from "./der.ts";

/** What a certificate is made of. Everything has a value that makes a good one. */
export type CertificateOptions = {
  /** Relative names from the root down; each is one or more attributes by the dotted identifier of their type. */
  subject?: readonly (readonly (readonly [type: string, value: string])[])[];
  /** Who signs it. It signs itself unless given. */
  issuer?: Issued;
  /** Alternative names by tag (RFC 5280 4.2.1.6): `0x82` for a DNS name. */
  alternativeNames?: readonly (readonly [tag: number, value: string | Buffer])[];
  /** It may issue others; a number says how many may stand below it. */
  authority?: boolean | number;
  /** Purposes by their dotted identifiers. */
  purposes?: readonly string[];
  /** More extensions, with what DER they have. */
  extensions?: readonly { type: string; critical?: boolean; value: Buffer }[];
  notBefore?: Date;
  notAfter?: Date;
  hash?: "sha256" | "sha1";
  keys?: { publicKey: KeyObject; privateKey: KeyObject };
};

/** A certificate that was issued, with its private key. */
export type Issued = { pem: string; certificate: X509Certificate; privateKey: KeyObject; name: Buffer };

export const COMMON_NAME = "2.5.4.3";
export const ORGANIZATION = "2.5.4.10";
export const CLIENT_AUTHENTICATION = "1.3.6.1.5.5.7.3.2";
export const SERVER_AUTHENTICATION = "1.3.6.1.5.5.7.3.1";

const ECDSA = { sha256: "1.2.840.10045.4.3.2", sha1: "1.2.840.10045.4.1" } as const;

/** A key pair of the kind that certificates here are for. */
export const ecKeys = () => generateKeyPairSync("ec", { namedCurve: "P-256" });

/** Issues an X.509 certificate (RFC 5280 4.1), valid in the years 2029 and 2030, in which the clock of tests stands. */
export function issueCertificate(options: CertificateOptions = {}): Issued {
  const { publicKey, privateKey } = options.keys ?? ecKeys();
  const name = distinguishedName(options.subject ?? [[[COMMON_NAME, "client"]]]);
  const algorithm = sequence(oid(ECDSA[options.hash ?? "sha256"]));
  const body = sequence(
    tagged(0xa0, integer(2)),
    integer(randomBytes(8).readUIntBE(0, 6)),
    algorithm,
    options.issuer?.name ?? name,
    sequence(
      time(options.notBefore ?? new Date("2029-01-01T00:00:00Z")),
      time(options.notAfter ?? new Date("2030-12-31T00:00:00Z")),
    ),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    tagged(0xa3, sequence(...extensionsOf(options))),
  );
  const signature = sign(options.hash ?? "sha256", body, options.issuer?.privateKey ?? privateKey);
  const der = sequence(body, algorithm, tagged(0x03, Buffer.concat([Buffer.of(0), signature])));
  const certificate = new X509Certificate(der);
  return { pem: certificate.toString(), certificate, privateKey, name };
}

function distinguishedName(subject: NonNullable<CertificateOptions["subject"]>): Buffer {
  return sequence(
    ...subject.map((names) => set(...names.map(([type, value]) => sequence(oid(type), text(value))))),
  );
}

function extensionsOf({
  authority,
  alternativeNames,
  purposes,
  extensions = [],
}: CertificateOptions): Buffer[] {
  const limit = typeof authority === "number" ? [integer(authority)] : [];
  const isAuthority = authority !== undefined && authority !== false;
  return [
    ...(isAuthority ? [extension("2.5.29.19", true, sequence(tagged(0x01, Buffer.of(0xff)), ...limit))] : []),
    ...(alternativeNames
      ? [
          extension(
            "2.5.29.17",
            false,
            sequence(...alternativeNames.map(([tag, value]) => tagged(tag, bytes(value)))),
          ),
        ]
      : []),
    ...(purposes ? [extension("2.5.29.37", false, sequence(...purposes.map(oid)))] : []),
    ...extensions.map(({ type, critical = false, value }) => extension(type, critical, value)),
    ...(isAuthority || alternativeNames || purposes || extensions.length > 0
      ? []
      : [extension("2.5.29.19", true, sequence())]),
  ];
}

function extension(type: string, critical: boolean, value: Buffer): Buffer {
  return sequence(oid(type), ...(critical ? [tagged(0x01, Buffer.of(0xff))] : []), octets(value));
}

function bytes(value: string | Buffer): Buffer {
  return typeof value === "string" ? Buffer.from(value, "latin1") : value;
}
