import type { X509Certificate } from "node:crypto";
import { type CertificateFields, certificateFields, publicKeyOf } from "./certificate.ts";
import { readDer, tags } from "./der.ts";

/** Certificates between that of a client and a trusted one, at most. */
const LONGEST_PATH = 5;
const SHORTEST_RSA_BITS = 2048;
const CLIENT_AUTHENTICATION = "1.3.6.1.5.5.7.3.2";
const BASIC_CONSTRAINTS = "2.5.29.19";
const NAME_CONSTRAINTS = "2.5.29.30";

/** Extensions whose meaning is observed here, so that they may be critical. */
const understood: ReadonlySet<string> = new Set([
  BASIC_CONSTRAINTS,
  "2.5.29.15",
  "2.5.29.17",
  "2.5.29.32",
  "2.5.29.37",
]);

/** RSA, RSASSA-PSS and ECDSA with SHA-2, Ed25519 and Ed448. What is older can be forged. */
const trustworthy: ReadonlySet<string> = new Set([
  "1.2.840.113549.1.1.10",
  "1.2.840.113549.1.1.11",
  "1.2.840.113549.1.1.12",
  "1.2.840.113549.1.1.13",
  "1.2.840.10045.4.3.2",
  "1.2.840.10045.4.3.3",
  "1.2.840.10045.4.3.4",
  "1.3.101.112",
  "1.3.101.113",
]);

/** The certificates that a chain is built of. */
export type ChainMaterial = {
  leaf: X509Certificate;
  intermediates: readonly X509Certificate[];
  roots: readonly X509Certificate[];
  /** Milliseconds since the epoch. */
  now: number;
};

/** Whether a certificate for client authentication leads to a trusted one (RFC 5280 6.1). */
export function leadsToRoot({ leaf, intermediates, roots, now }: ChainMaterial): boolean {
  if (!isValid(leaf, now) || !isForClients(leaf)) return false;
  const unused = new Set(intermediates);
  let current = leaf;
  for (let below = 0; below <= LONGEST_PATH; below += 1) {
    const issuer = { now, below };
    if (roots.some((root) => root.raw.equals(current.raw) || hasIssued(root, current, issuer))) return true;
    const next = [...unused].find((candidate) => hasIssued(candidate, current, issuer));
    if (!next) return false;
    unused.delete(next);
    current = next;
  }
  return false;
}

/** `below` is the number of certificates between the issuer and the client's. */
function hasIssued(
  issuer: X509Certificate,
  subject: X509Certificate,
  { now, below }: { now: number; below: number },
): boolean {
  if (!issuer.ca || !subject.checkIssued(issuer) || !isValid(issuer, now)) return false;
  const key = publicKeyOf(issuer);
  return key !== undefined && below <= pathLength(issuer) && subject.verify(key);
}

function isValid(certificate: X509Certificate, now: number): boolean {
  const fields = certificateFields(certificate);
  if (!fields || now < certificate.validFromDate.getTime() || now > certificate.validToDate.getTime())
    return false;
  const key = publicKeyOf(certificate);
  const bits = key?.asymmetricKeyDetails?.modulusLength ?? SHORTEST_RSA_BITS;
  return key !== undefined && bits >= SHORTEST_RSA_BITS && isUnderstood(fields);
}

/** Names are not constrained here, so a certificate that constrains them leads nowhere. */
function isUnderstood({ signatureAlgorithm, extensions }: CertificateFields): boolean {
  if (!trustworthy.has(signatureAlgorithm) || extensions.has(NAME_CONSTRAINTS)) return false;
  return [...extensions].every(([identifier, { critical }]) => !critical || understood.has(identifier));
}

/** A certificate that lists no purposes serves all. */
function isForClients({ keyUsage }: X509Certificate): boolean {
  return keyUsage === undefined || keyUsage.includes(CLIENT_AUTHENTICATION);
}

function pathLength(issuer: X509Certificate): number {
  const constraints = certificateFields(issuer)?.extensions.get(BASIC_CONSTRAINTS)?.value;
  if (!constraints) return 0;
  const [sequence] = readDer(constraints);
  const limit = sequence && readDer(sequence.content).find(({ tag }) => tag === tags.integer);
  return limit ? limit.content.readUIntBE(0, Math.min(limit.content.length, 6)) : Number.POSITIVE_INFINITY;
}
