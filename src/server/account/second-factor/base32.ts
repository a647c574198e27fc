const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** Bytes in Base32 without padding, as authenticator apps take a secret (RFC 4648, section 6). */
export function base32(bytes: Uint8Array): string {
  return digitsOf(bytes, ALPHABET);
}

/**
 * Bytes in an alphabet of 32 characters, five bits each, the highest first.
 *
 * @param alphabet 32 characters.
 */
export function digitsOf(bytes: Uint8Array, alphabet: string): string {
  let bits = 0;
  let held = 0;
  let text = "";
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += alphabet[(held >> bits) & 31];
    }
  }
  return bits > 0 ? text + alphabet[(held << (5 - bits)) & 31] : text;
}
