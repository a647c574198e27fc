import { type Jwk, readJwks } from "../jose/jwk.ts";
import { isGenerated } from "../keys.ts";
import type { EngineWriter } from "../ports.ts";
import type { SigningKey } from "../records.ts";
import type { RotationPorts } from "./publish.ts";

/**
 * Lets rotation take care of the signing keys in the service's JWK Set, if it takes care of none so far.
 *
 * @param now milliseconds since the epoch.
 * @returns the number of keys.
 */
export async function adoptKeys({ store, serviceId }: RotationPorts, now: number): Promise<number> {
  return store.write((writer) => adoptKeysWithin(writer, serviceId, now));
}

/** Like `adoptKeys`, as a part of a transaction. */
export async function adoptKeysWithin(writer: EngineWriter, serviceId: string, now: number): Promise<number> {
  const service = await writer.lockService(serviceId);
  if (!service || (await writer.listSigningKeys(serviceId)).length > 0) return 0;
  let adopted = 0;
  for (const jwk of readJwks(service.jwks)) {
    const key = signingKeyOf(serviceId, jwk, now);
    if (key && (await writer.insertSigningKey(key))) adopted += 1;
  }
  return adopted;
}

/** Only private keys that name themselves and their algorithm. */
function signingKeyOf(serviceId: string, jwk: Jwk, now: number): SigningKey | undefined {
  const { alg, kid, d, use = "sig" } = jwk;
  if (!isGenerated(alg) || typeof kid !== "string" || typeof d !== "string" || use !== "sig")
    return undefined;
  return { serviceId, alg, generation: 0, kid, jwk: JSON.stringify(jwk), createdAt: now, activeAt: now };
}
