import type { Client } from "../../authlete/client.ts";
import type { JwsAlg } from "../../authlete/enumerations.ts";
import type { EngineContext } from "../context.ts";
import { clientKeys, type NoKeySet } from "./client-keys.ts";
import type { CompactJws } from "./compact.ts";
import { isHmac, isLongEnough, verifyHmac } from "./hmac.ts";
import { jwsAlgorithm, verifySignature } from "./jws-algorithm.ts";
import type { KeySet } from "./key-set.ts";

/**
 * What is wrong with a signature: the algorithm is not among those allowed; the client's keys or secret cannot be had, or
 * none fits; the signature is not the key's.
 */
export type SignatureDefect = "algorithm" | NoKeySet | "no_key" | "no_secret" | "signature";

/**
 * Verifies a JWS that a client signed (RFC 7515 5.2): a request object, a client assertion, a login hint token. Where no key
 * at the client's `jwks_uri` fits, the keys are asked for once more: the client may have changed them.
 *
 * @param algorithms those that are allowed, by their names. `none` is never one of them.
 * @returns what is wrong, or `undefined` when the signature is the client's.
 */
export async function verifyClientJws(
  context: EngineContext,
  client: Client,
  { jws, algorithms }: { jws: CompactJws; algorithms: readonly JwsAlg[] },
): Promise<SignatureDefect | undefined> {
  const alg = algorithms.find((name) => name === jws.header.alg);
  if (isHmac(alg)) return verifyWithSecret(client, jws, alg);
  if (!alg || !jwsAlgorithm(alg)) return "algorithm";
  const known = await clientKeys(context, client);
  const defect = verifyWith(known, jws, alg);
  if (!defect || defect === "not_registered" || defect === "unavailable" || !client.jwksUri) return defect;
  return verifyWith(await clientKeys(context, client, { fresh: true }), jws, alg);
}

function verifyWithSecret(
  { clientType, clientSecret }: Client,
  jws: CompactJws,
  alg: Parameters<typeof verifyHmac>[1],
): SignatureDefect | undefined {
  if (clientType === "PUBLIC" || !clientSecret || !isLongEnough(clientSecret, alg)) return "no_secret";
  return verifyHmac(jws, alg, clientSecret) ? undefined : "signature";
}

function verifyWith(keys: KeySet | NoKeySet, jws: CompactJws, alg: JwsAlg): SignatureDefect | undefined {
  if (typeof keys === "string") return keys;
  const algorithm = jwsAlgorithm(alg);
  const { kid } = jws.header;
  const candidates = keys.verificationKeys({ alg, kid: typeof kid === "string" ? kid : undefined });
  if (!algorithm || candidates.length === 0) return "no_key";
  return candidates.some((key) => verifySignature(jws, algorithm, key)) ? undefined : "signature";
}
