import { createCipheriv, createDecipheriv } from "node:crypto";
import { deriveKey } from "./derive-key.ts";

const ALGORITHM = "aes-256-gcm";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Seals texts for storage with AES-256-GCM. The first key seals; every key opens, so a new key goes in front
 * and the old one stays until nothing sealed with it is alive.
 */
export interface Keyring {
  /**
   * @param text what to hide.
   * @param context where it belongs (a row's key): a sealed text opens only in the context it was sealed in.
   */
  seal(text: string, context: string): string;
  /** The text, or `undefined` when no key opens it, it was altered, or it belongs to another context. */
  open(sealed: string, context: string): string | undefined;
  /** Tells whether the newest key opens it: when not, it has to be sealed again before the old key can go. */
  isNewest(sealed: string, context: string): boolean;
}

/**
 * Makes a keyring.
 *
 * @param keys secrets of at least 32 bytes in any text form; the newest first.
 * @param options.purpose separates uses of the same secret: keyrings of different purposes do not open each other.
 * @param options.random a cryptographically secure generator.
 */
export function createKeyring(
  keys: readonly [string, ...string[]],
  options: { purpose: string; random: (bytes: number) => Uint8Array },
): Keyring {
  const derived = keys.map((key) => deriveKey(key, options.purpose));
  const [sealing] = derived as [Uint8Array, ...Uint8Array[]];
  return {
    seal(text, context) {
      const nonce = options.random(NONCE_BYTES);
      const cipher = createCipheriv(ALGORITHM, sealing, nonce);
      cipher.setAAD(Buffer.from(context));
      return Buffer.concat([
        nonce,
        cipher.update(text, "utf8"),
        cipher.final(),
        cipher.getAuthTag(),
      ]).toString("base64url");
    },
    open(sealed, context) {
      const bytes = Buffer.from(sealed, "base64url");
      for (const key of derived) {
        const text = openWith(key, bytes, context);
        if (text !== undefined) return text;
      }
      return undefined;
    },
    isNewest(sealed, context) {
      return openWith(sealing, Buffer.from(sealed, "base64url"), context) !== undefined;
    },
  };
}

function openWith(key: Uint8Array, bytes: Buffer, context: string): string | undefined {
  if (bytes.length < NONCE_BYTES + TAG_BYTES) return undefined;
  const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    return (
      decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES), undefined, "utf8") + decipher.final("utf8")
    );
  } catch {
    return undefined;
  }
}
