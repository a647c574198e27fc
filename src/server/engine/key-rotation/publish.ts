import type { Service } from "../../authlete/service.ts";
import { readJwks } from "../jose/jwk.ts";
import { publicJwk } from "../jose/public-jwk.ts";
import type { EngineStore, EngineWriter } from "../ports.ts";
import type { SigningKey } from "../records.ts";
import { type PhasedKey, phasedKeys } from "./key-set.ts";

export type RotationPorts = { store: EngineStore; serviceId: string };

/** How long an ID token lives unless the service says otherwise, in seconds. */
const ID_TOKEN_SECONDS = 86_400;

/**
 * Brings the service's JWK Set to where it should be at `now`: the current keys can sign, upcoming and retired ones are
 * there with their public part, and retired keys go when nothing that they signed is alive. Keys that an administrator has put
 * into the set stay as they are, and whoever takes the key that signs out of the set takes care of that algorithm from then on.
 *
 * @param now milliseconds since the epoch.
 * @returns whether anything changed. Any number of instances may do this at once.
 */
export async function publishKeys({ store, serviceId }: RotationPorts, now: number): Promise<boolean> {
  return store.write(async (writer) => {
    const service = await writer.lockService(serviceId);
    if (!service) return false;
    const keys = await writer.listSigningKeys(serviceId);
    const phased = phasedKeys(keys, now);
    const dead = [
      ...takenOver(service, keys),
      ...(await deadKeys(writer, { service, serviceId, phased, now })),
    ];
    for (const key of dead) await writer.deleteSigningKey(key);
    const alive = phased.filter(({ key }) => !dead.includes(key));
    const jwks = composeJwks(service, keys, alive);
    if (haveSameKeys(jwks, service.jwks)) return dead.length > 0;
    return writer.replaceService(serviceId, { ...service, jwks });
  });
}

/** The keys of algorithms for which no key in the set that can sign is one of ours. */
function takenOver(service: Service, keys: readonly SigningKey[]): SigningKey[] {
  const signing = new Set(readJwks(service.jwks).flatMap(({ kid, d }) => (d === undefined ? [] : [kid])));
  return keys.filter(({ alg }) => !keys.some((key) => key.alg === alg && signing.has(key.kid)));
}

type Retirement = { service: Service; serviceId: string; phased: readonly PhasedKey[]; now: number };

/** Retired keys whose last ID token and last access token have expired. */
async function deadKeys(writer: EngineWriter, retirement: Retirement): Promise<SigningKey[]> {
  const { service, serviceId, phased, now } = retirement;
  const idTokenMs = (service.idTokenDuration || ID_TOKEN_SECONDS) * 1000;
  const dead: SigningKey[] = [];
  for (const { key, retiredAt } of phased) {
    if (retiredAt === undefined || now < retiredAt + idTokenMs) continue;
    const isInUse = await writer.hasLiveTokens(serviceId, { createdBefore: retiredAt, now });
    if (!isInUse) dead.push(key);
  }
  return dead;
}

/** Keys of the set that are none of ours come first, in their order. */
function composeJwks(service: Service, keys: readonly SigningKey[], phased: readonly PhasedKey[]): string {
  const ours = new Set(keys.map(({ kid }) => kid));
  const others = readJwks(service.jwks).filter(({ kid }) => kid === undefined || !ours.has(kid));
  const own = phased.map(({ key, phase }) => {
    const jwk = JSON.parse(key.jwk) as Record<string, unknown>;
    return phase === "current" ? jwk : publicJwk(jwk);
  });
  return JSON.stringify({ keys: [...others, ...own] });
}

/** The order of keys means nothing, so it is no reason to write. */
function haveSameKeys(left: string, right: string | undefined): boolean {
  const [texts, others] = [left, right].map((jwks) =>
    readJwks(jwks)
      .map((key) => JSON.stringify(key))
      .toSorted(),
  );
  return texts?.join() === others?.join();
}
