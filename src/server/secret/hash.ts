import { hash, timingSafeEqual } from "node:crypto";

/**
 * SHA-256 of a value in base64url: what is stored and looked up in place of a token, ticket, handle or cookie.
 * Enough for values of 128 bits of entropy and more; never for a password.
 */
export function hashOf(value: string): string {
  return hash("sha256", value, "base64url");
}

/**
 * Compares what is presented with one secret, as `equalSecrets` does, and hashes that secret only once.
 *
 * @returns a function that tells whether a text is the secret.
 */
export function secretCheck(secret: string): (presented: string) => boolean {
  const expected = hash("sha256", secret, "buffer");
  return (presented) => timingSafeEqual(hash("sha256", presented, "buffer"), expected);
}

/** Compares two secrets in a time that does not depend on where, or whether, they differ. */
export function equalSecrets(left: string, right: string): boolean {
  return timingSafeEqual(hash("sha256", left, "buffer"), hash("sha256", right, "buffer"));
}

/** The thumbprint of a certificate: SHA-256 of its DER form in base64url (RFC 8705 section 3.1). */
export function certificateHash(pem: string): string {
  const base64 = pem.replaceAll(/-----[^-]+-----|\s/g, "");
  return hash("sha256", Buffer.from(base64, "base64"), "base64url");
}
