import { generateSignatureKey } from "../keys.ts";
import type { SigningKey } from "../records.ts";
import { phasedKeys } from "./key-set.ts";
import { publishKeys, type RotationPorts } from "./publish.ts";

/** How rotation goes. Durations in milliseconds. */
export type RotationPolicy = {
  /** How old a key gets before its successor is made. */
  lifetimeMs: number;
  /** How long a key is published before it signs: as long as others may keep an old copy of the set. */
  publicationMs: number;
};

/**
 * Gives every key of the service a successor, which becomes active after `publicationMs`. An algorithm that has an upcoming
 * key already keeps it, so calling twice rotates once.
 *
 * @param now milliseconds since the epoch.
 * @returns the new keys.
 */
export async function rotateKeys(
  ports: RotationPorts,
  { publicationMs, now }: { publicationMs: number; now: number },
): Promise<SigningKey[]> {
  const keys = await ports.store.read.listSigningKeys(ports.serviceId);
  return succeed(ports, { due: phasedKeys(keys, now), keys, activeAt: now + publicationMs, now });
}

/** Gives a successor to each key that is old enough, and brings the published set up to date. For a timer. */
export async function rotateOldKeys(
  ports: RotationPorts,
  { lifetimeMs, publicationMs }: RotationPolicy,
  now: number,
): Promise<SigningKey[]> {
  const keys = await ports.store.read.listSigningKeys(ports.serviceId);
  const due = phasedKeys(keys, now).filter(({ key }) => now >= key.activeAt + lifetimeMs);
  return succeed(ports, { due, keys, activeAt: now + publicationMs, now });
}

type Succession = {
  due: ReturnType<typeof phasedKeys>;
  keys: readonly SigningKey[];
  activeAt: number;
  now: number;
};

async function succeed(
  ports: RotationPorts,
  { due, keys, activeAt, now }: Succession,
): Promise<SigningKey[]> {
  const made: SigningKey[] = [];
  for (const { key, phase } of due) {
    const isNewest = keys.every(({ alg, generation }) => alg !== key.alg || generation <= key.generation);
    if (phase !== "current" || !isNewest) continue;
    const successor = await generateSuccessor(key, { createdAt: now, activeAt });
    // Of several instances that do this at once, the first to insert the generation has made it.
    const isFirst = await ports.store.write((writer) => writer.insertSigningKey(successor));
    if (isFirst) made.push(successor);
  }
  await publishKeys(ports, now);
  return made;
}

async function generateSuccessor(
  key: SigningKey,
  times: Pick<SigningKey, "createdAt" | "activeAt">,
): Promise<SigningKey> {
  const jwk = await generateSignatureKey(key.alg);
  return {
    serviceId: key.serviceId,
    alg: key.alg,
    generation: key.generation + 1,
    kid: jwk.kid,
    jwk: JSON.stringify(jwk),
    ...times,
  };
}
