import { base32 } from "./base32.ts";
import { CODE_DIGITS, STEP_SECONDS } from "./totp.ts";

/**
 * The address that an authenticator app takes a secret from, usually as a picture.
 *
 * @param account.issuer who the app names the entry after.
 * @see Key Uri Format of Google Authenticator
 */
export function keyUri(secret: Uint8Array, account: { issuer: string; username: string }): string {
  const issuer = encodeURIComponent(account.issuer);
  const label = `${issuer}:${encodeURIComponent(account.username)}`;
  const settings = `algorithm=SHA1&digits=${CODE_DIGITS}&period=${STEP_SECONDS}`;
  return `otpauth://totp/${label}?secret=${base32(secret)}&issuer=${issuer}&${settings}`;
}
