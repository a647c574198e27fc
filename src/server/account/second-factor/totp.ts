import { createHmac } from "node:crypto";
import { equalSecrets } from "../../secret/hash.ts";

/** How long a code is shown, in seconds (RFC 6238, section 5.2). */
export const STEP_SECONDS = 30;
export const CODE_DIGITS = 6;

/** As long as the hash (RFC 4226, section 4, R6). */
const SECRET_BYTES = 20;

/** The steps that a clock may be ahead or behind: one for the way of the code, and one for a clock that is a little wrong. */
const WINDOW = [-1, 0, 1] as const;

/** A secret that nobody has had: 160 bits. */
export function newTotpSecret(random: (bytes: number) => Uint8Array): Uint8Array {
  return random(SECRET_BYTES);
}

/** The time step of a moment. `now`: milliseconds since the epoch (RFC 6238, section 4.2). */
export function stepAt(now: number): number {
  return Math.floor(now / 1000 / STEP_SECONDS);
}

/**
 * The one-time password of a counter, with HMAC-SHA-1, which is what authenticator apps know (RFC 4226, section 5.3).
 *
 * @param counter for TOTP a time step.
 */
export function hotp(secret: Uint8Array, counter: number, digits = CODE_DIGITS): string {
  const message = Buffer.alloc(8);
  message.writeBigUInt64BE(BigInt(counter));
  const hash = createHmac("sha1", secret).update(message).digest();
  const offset = (hash.at(-1) as number) & 0xf;
  const truncated = hash.readUInt32BE(offset) & 0x7fff_ffff;
  return String(truncated % 10 ** digits).padStart(digits, "0");
}

/**
 * The time step that a code is of, if it is of one that may be used now. All of them are compared, so the time tells nothing.
 *
 * @param check.now milliseconds since the epoch.
 * @param check.lastStep the last step that was used: it and all before it are spent (RFC 6238, section 5.2).
 */
export function stepOfCode(
  secret: Uint8Array,
  code: string,
  { now, lastStep }: { now: number; lastStep: number },
): number | undefined {
  const steps = WINDOW.map((distance) => stepAt(now) + distance).filter((step) => step >= 0);
  const matching = steps.filter((step) => equalSecrets(hotp(secret, step), code));
  return matching.find((step) => step > lastStep);
}
