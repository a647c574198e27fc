import type { KeyObject } from "node:crypto";
import { type JwsAlg, jwsAlgSchema } from "../../authlete/enumerations.ts";
import { importPublicKey, type Jwk, privateMembers } from "../jose/jwk.ts";
import { type JwsAlgorithm, jwsAlgorithm } from "../jose/jws-algorithm.ts";
import { thumbprint } from "../jose/thumbprint.ts";
import type { ProofDefect } from "./proof.ts";

/** How a proof is signed, and by which key. */
export type ProofKey = { algorithm: JwsAlgorithm; key: KeyObject; jkt: string };

/**
 * Reads the header of a proof (RFC 9449 4.2): its type, an algorithm for key pairs, and the public key that goes with it.
 *
 * @param algorithms those that are allowed.
 */
export function readProofHeader(
  header: Record<string, unknown>,
  algorithms: readonly JwsAlg[],
): ProofKey | ProofDefect {
  if (header.typ !== "dpop+jwt") return "malformed";
  if (header.alg === undefined) return "no_algorithm";
  const named = jwsAlgSchema.safeParse(header.alg);
  const algorithm = named.success && algorithms.includes(named.data) ? jwsAlgorithm(named.data) : undefined;
  if (!algorithm) return "algorithm";
  return readKey(header.jwk, algorithm) ?? "no_key";
}

function readKey(jwk: unknown, algorithm: JwsAlgorithm): ProofKey | undefined {
  if (!isPublicJwk(jwk) || jwk.kty !== algorithm.kty) return undefined;
  if (algorithm.crv && !algorithm.crv.includes(jwk.crv ?? "")) return undefined;
  const key = importPublicKey(jwk);
  const jkt = thumbprint(jwk);
  return key && jkt ? { algorithm, key, jkt } : undefined;
}

/** A key that shows its private part proves nothing: everybody who saw the proof has it. */
function isPublicJwk(jwk: unknown): jwk is Jwk {
  if (typeof jwk !== "object" || jwk === null || Array.isArray(jwk)) return false;
  return !privateMembers.some((member) => Object.hasOwn(jwk, member));
}
