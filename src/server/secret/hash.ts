import { hash, timingSafeEqual } from "node:crypto";

/**
 * SHA-256 of a value in base64url: what is stored and looked up in place of a token, ticket, handle or cookie.
 * Enough for values of 128 bits of entropy and more; never for a password.
 */
export function hashOf(value: string): string {
  return hash("sha256", value, "base64url");
}

/** Compares two secrets in a time that does not depend on where, or whether, they differ. */
export function equalSecrets(left: string, right: string): boolean {
  return timingSafeEqual(hash("sha256", left, "buffer"), hash("sha256", right, "buffer"));
}
