import { hashOf } from "../secret/hash.ts";
import type { Keyring } from "../secret/keyring.ts";
import type { Clock, NonceStore, Random } from "./ports.ts";
import { isValue, newValue } from "./value.ts";

/** What form tokens work with. */
export type FormTokenPorts = { nonces: NonceStore; keyring: Keyring; clock: Clock; random: Random };

const LIFETIME_MS = 30 * 60_000;

/** The forms there are. A token of one is worth nothing in another. */
export type FormPurpose =
  | "login"
  | "device"
  | "sign-out"
  | "register"
  | "register-confirm"
  | "reset-request"
  | "reset"
  | "verify-email"
  | "verify-email-request"
  | "password-change"
  | "second-factor"
  | "second-factor-begin"
  | "second-factor-confirm"
  | "second-factor-leave"
  | "second-factor-codes"
  | "second-factor-off"
  | "end-other-sessions"
  | `interaction ${string}`
  | `backchannel ${string}`;

/**
 * A synchroniser token for a form of a server action (threats T8, T10, T20).
 *
 * @param preSession value of the pre-session cookie: only the browser that got the form can send it.
 */
export function createFormToken(ports: FormTokenPorts, purpose: FormPurpose, preSession: string): string {
  const issued = [newValue(ports.random), String(ports.clock() + LIFETIME_MS)].join(".");
  return ports.keyring.seal(issued, contextOf(purpose, preSession));
}

/**
 * Uses a form token, once.
 *
 * @returns false when it is not of this browser and this form, is older than 30 minutes, or was used before.
 */
export async function consumeFormToken(
  ports: FormTokenPorts,
  purpose: FormPurpose,
  { token, preSession }: { token: string; preSession: string | undefined },
): Promise<boolean> {
  if (!isValue(preSession)) return false;
  const issued = ports.keyring.open(token, contextOf(purpose, preSession));
  if (issued === undefined) return false;
  const [nonce = "", end = ""] = issued.split(".");
  const expiresAt = Number(end);
  return expiresAt > ports.clock() && ports.nonces.consume(hashOf(nonce), expiresAt);
}

function contextOf(purpose: FormPurpose, preSession: string): string {
  return `form ${purpose} ${hashOf(preSession)}`;
}
