import { createHmac, timingSafeEqual } from "node:crypto";

/** The symmetric algorithms (RFC 7518 3.2). */
const hashes = {
  HS256: { hash: "sha256", bytes: 32 },
  HS384: { hash: "sha384", bytes: 48 },
  HS512: { hash: "sha512", bytes: 64 },
} as const;

export type HmacAlg = keyof typeof hashes;

/** The names of the symmetric algorithms. */
export const hmacAlgorithms = Object.keys(hashes) as readonly HmacAlg[];

/** Whether this is the name of a symmetric algorithm. */
export function isHmac(alg: unknown): alg is HmacAlg {
  return typeof alg === "string" && Object.hasOwn(hashes, alg);
}

/** Whether a secret has as many bytes as the algorithm's hash: a shorter one must not be used (RFC 7518 3.2). */
export function isLongEnough(secret: string, alg: HmacAlg): boolean {
  return Buffer.byteLength(secret) >= hashes[alg].bytes;
}

/** The JWS compact serialization of a header and a payload that are encoded already. The key is the text of the secret (OIDC Core 10.1). */
export function signHmac(signingInput: string, alg: HmacAlg, secret: string): string {
  return `${signingInput}.${mac(signingInput, alg, secret).toString("base64url")}`;
}

/** Whether a signature fits, found in a time that does not depend on where it differs. */
export function verifyHmac(
  { signingInput, signature }: { signingInput: string; signature: string },
  alg: HmacAlg,
  secret: string,
): boolean {
  const expected = mac(signingInput, alg, secret);
  const presented = Buffer.from(signature, "base64url");
  return presented.length === expected.length && timingSafeEqual(presented, expected);
}

function mac(signingInput: string, alg: HmacAlg, secret: string): Buffer {
  return createHmac(hashes[alg].hash, secret).update(signingInput).digest();
}
