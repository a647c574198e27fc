import { hkdfSync } from "node:crypto";

/**
 * A key of 32 bytes made of a secret (RFC 5869). Keys for different purposes tell nothing of each other.
 *
 * @param secret at least 32 bytes in any text form.
 */
export function deriveKey(secret: string, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", secret, "", `ticketgate ${purpose}`, 32));
}
