import { createHash, type Hash } from "node:crypto";
import type { EngineContext } from "../context.ts";

/**
 * The left half of a hash in base64url, as `at_hash`, `c_hash` and `s_hash` have it. The hash function is that of the
 * algorithm which the ID token is signed with (OIDC Core 3.1.3.6).
 *
 * @param alg the algorithm by its name in the API.
 */
export function halfHash(context: EngineContext, alg: string, value: string): string {
  const bytes = hashFor(context, alg).update(value).digest();
  return bytes.subarray(0, bytes.length / 2).toString("base64url");
}

function hashFor(context: EngineContext, alg: string): Hash {
  if (alg === "EdDSA") return edwardsHash(context);
  return createHash(alg.endsWith("512") ? "sha512" : alg.endsWith("384") ? "sha384" : "sha256");
}

/** Edwards curves have their hash built in: Ed25519 is SHA-512, Ed448 is SHAKE256 with 114 bytes (RFC 8032). */
function edwardsHash({ keys, service }: EngineContext): Hash {
  const chosen = keys.privateKey(service, { alg: "EdDSA", kid: service.idTokenSignatureKeyId || undefined });
  const isEd448 = typeof chosen !== "string" && chosen.key.asymmetricKeyType === "ed448";
  return isEd448 ? createHash("shake256", { outputLength: 114 }) : createHash("sha512");
}
