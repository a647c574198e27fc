import { hash, type KeyObject, X509Certificate } from "node:crypto";
import { type DerValue, dottedIdentifier, readDer, tags } from "./der.ts";

/** What stands in a certificate (RFC 5280 4.1) beyond what the platform reads of it. */
export type CertificateFields = {
  /** Dotted identifier of the algorithm the issuer signed with. */
  signatureAlgorithm: string;
  /** The relative names, from the root of the directory down. */
  subject: DerValue[];
  extensions: Map<string, { critical: boolean; value: Buffer }>;
};

/** A certificate in PEM; `undefined` when it is none. */
export function parseCertificate(pem: unknown): X509Certificate | undefined {
  if (typeof pem !== "string" || pem === "") return undefined;
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

/** The SHA-256 thumbprint of a certificate in base64url: `x5t#S256` (RFC 8705 3.1). */
export function certificateThumbprint(certificate: X509Certificate): string {
  return hash("sha256", certificate.raw, "base64url");
}

/** The public key of a certificate; `undefined` when the platform does not know its kind. */
export function publicKeyOf(certificate: X509Certificate): KeyObject | undefined {
  try {
    return certificate.publicKey;
  } catch {
    return undefined;
  }
}

/** Reads what stands in a certificate; `undefined` when it cannot be read. */
export function certificateFields(certificate: X509Certificate): CertificateFields | undefined {
  try {
    const [whole] = readDer(certificate.raw);
    const [body, algorithm] = readDer(contentOf(whole));
    const fields = readDer(contentOf(body));
    const afterVersion = fields[0]?.tag === VERSION ? fields.slice(1) : fields;
    const [, , , , subject] = afterVersion;
    return {
      signatureAlgorithm: dottedIdentifier(contentOf(readDer(contentOf(algorithm))[0])),
      subject: readDer(contentOf(subject)),
      extensions: extensionsIn(fields.find(({ tag }) => tag === EXTENSIONS)),
    };
  } catch {
    return undefined;
  }
}

const VERSION = 0xa0;
const EXTENSIONS = 0xa3;

function contentOf(value: DerValue | undefined): Buffer {
  if (!value) throw new RangeError("a value is missing");
  return value.content;
}

function extensionsIn(field: DerValue | undefined): CertificateFields["extensions"] {
  const extensions: CertificateFields["extensions"] = new Map();
  if (!field) return extensions;
  for (const { content } of readDer(contentOf(readDer(field.content)[0]))) {
    const [identifier, ...rest] = readDer(content);
    const critical = rest.some(({ tag, content: flag }) => tag === tags.boolean && flag[0] !== 0);
    const value = contentOf(rest.find(({ tag }) => tag === tags.octetString));
    extensions.set(dottedIdentifier(contentOf(identifier)), { critical, value });
  }
  return extensions;
}
