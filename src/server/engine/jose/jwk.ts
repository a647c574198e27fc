import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";

/** A member of a JWK Set (RFC 7517). */
export type Jwk = JsonWebKey & { kid?: string; [member: string]: unknown };

/** Members that only the holder of a private or secret key may have (RFC 7518 6, RFC 8037 2). */
export const privateMembers = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"] as const;

/** Shorter RSA keys are as good as none (RFC 7518 3.3, 4.2). */
const SHORTEST_RSA_BITS = 2048;

/** The keys in the text of a JWK Set; none when it is not one. */
export function readJwks(jwks: string | null | undefined): Jwk[] {
  if (!jwks) return [];
  try {
    const { keys } = JSON.parse(jwks) as { keys?: unknown };
    return Array.isArray(keys) ? keys.filter((key) => typeof key?.kty === "string") : [];
  } catch {
    return [];
  }
}

/** The public part of a JWK as a key; `undefined` when it is broken or too short. */
export function importPublicKey(jwk: Jwk): KeyObject | undefined {
  return imported(() => createPublicKey({ key: jwk, format: "jwk" }));
}

/** The private key of a JWK; `undefined` when it has none, is broken or too short. */
export function importPrivateKey(jwk: Jwk): KeyObject | undefined {
  if (typeof jwk.d !== "string") return undefined;
  return imported(() => createPrivateKey({ key: jwk, format: "jwk" }));
}

function imported(create: () => KeyObject): KeyObject | undefined {
  try {
    const key = create();
    return isLongEnough(key) ? key : undefined;
  } catch {
    return undefined;
  }
}

function isLongEnough(key: KeyObject): boolean {
  if (key.asymmetricKeyType !== "rsa") return true;
  return (key.asymmetricKeyDetails?.modulusLength ?? 0) >= SHORTEST_RSA_BITS;
}

/**
 * Whether a text is a JWK Set that somebody may give away: it has keys, and no private or secret ones. A set without keys
 * would mean a client that can never authenticate or decrypt: a mistake, not a wish.
 */
export function isPublicKeySet(jwks: string): boolean {
  const keys = readJwks(jwks);
  return keys.length > 0 && keys.every((key) => !privateMembers.some((member) => Object.hasOwn(key, member)));
}
