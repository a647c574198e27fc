import { hash } from "node:crypto";
import type { Client } from "../../authlete/client.ts";
import type { KeyManagement } from "./jwe-algorithm.ts";

/** A key for a symmetric JWE algorithm; it has no identifier. */
export type SecretEncryptionKey = { key: Uint8Array; kid: undefined };

/**
 * The key that a client and the service share for symmetric encryption: the first bytes of a SHA-2 hash of the client secret
 * (OIDC Core 10.2), or the secret itself where the algorithm takes a password (RFC 7518 4.8).
 */
export function secretEncryptionKey(
  { clientType, clientSecret }: Client,
  algorithm: KeyManagement,
  encryption: { bytes: number },
): SecretEncryptionKey | "no_secret" {
  if (clientType === "PUBLIC" || !clientSecret) return "no_secret";
  if (algorithm.with !== "secret key") return { key: Buffer.from(clientSecret), kid: undefined };
  return { key: derived(clientSecret, algorithm.bytes ?? encryption.bytes), kid: undefined };
}

function derived(secret: string, bytes: number): Uint8Array {
  const algorithm = bytes <= 32 ? "sha256" : bytes <= 48 ? "sha384" : "sha512";
  return hash(algorithm, secret, "buffer").subarray(0, bytes);
}
