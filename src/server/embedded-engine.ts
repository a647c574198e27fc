import type { Config } from "./config.ts";
import { createEngine, type Engine } from "./engine/engine.ts";
import { adoptKeys } from "./engine/key-rotation/adopt.ts";
import { rotateOldKeys } from "./engine/key-rotation/rotate.ts";
import { generateServiceKeys } from "./engine/keys.ts";
import { embeddedClients, embeddedService, SEEDED, withIssuer } from "./engine/seed.ts";
import { createJwksFetcher } from "./jwks/jwks-fetcher.ts";
import { createPinnedRequest } from "./jwks/pinned-request.ts";
import { resolveHost } from "./jwks/resolve-host.ts";
import type { Log } from "./log.ts";
import { deriveKey } from "./secret/derive-key.ts";
import type { Store } from "./store/open.ts";

const ROTATION_INTERVAL_MS = 60 * 60_000;
const MOST_SEEDED_CLIENTS = 100;

export type EmbeddedEnginePorts = {
  store: Store;
  clock: () => number;
  random: (bytes: number) => Uint8Array;
  log: Log;
};

type EmbeddedConfig = Config & { engine: Extract<Config["engine"], { kind: "embedded" }> };

/**
 * Opens the embedded engine: brings the service and the configured clients into the store, and keeps the signing keys young.
 *
 * @returns the engine, and what ends its timer.
 */
export async function openEmbeddedEngine(
  config: EmbeddedConfig,
  { store, clock, random, log }: EmbeddedEnginePorts,
): Promise<{ engine: Engine; stop: () => void }> {
  const { serviceId, keys } = config.engine;
  const rotation = { store: store.engine, serviceId };
  const { isNew, secret } = await seedService(config, { store, random });
  if (isNew) await adoptKeys(rotation, clock());
  await seedClients(config, store);
  const rotate = () => rotateOldKeys(rotation, keys, clock()).catch(failed);
  const failed = (error: unknown) => log.error("engine.key_rotation_failed", { error });
  await rotate();
  const timer = setInterval(() => void rotate(), ROTATION_INTERVAL_MS).unref();
  const engine = createEngine({
    store: store.engine,
    clock,
    random,
    serviceId,
    fetchJwks: createJwksFetcher({
      clock,
      resolve: resolveHost,
      request: createPinnedRequest(),
      allowPrivateAddresses: !config.production,
    }),
    nonceKey: deriveKey(config.sealingKeys[0], "dpop nonce"),
    // Sealing keys change; what clients know their users by must not.
    pairwiseKey: deriveKey(secret, "pairwise subject"),
  });
  return { engine, stop: () => clearInterval(timer) };
}

const SECRET_BYTES = 32;

type Seeded = {
  isNew: boolean;
  /** A secret of the service, as old as the service. */
  secret: string;
};

/** Makes the service unless it is there; one that is there follows the configured origin. */
async function seedService(
  { origin, engine: { serviceId } }: EmbeddedConfig,
  { store, random }: Pick<EmbeddedEnginePorts, "store" | "random">,
): Promise<Seeded> {
  const apiSecret = Buffer.from(random(SECRET_BYTES)).toString("base64url");
  const service = await store.insertServiceIfAbsent(serviceId, async () => ({
    ...embeddedService({ serviceId, issuer: origin, jwks: await generateServiceKeys() }),
    apiSecret,
  }));
  const secret = service.apiSecret ?? apiSecret;
  if (service.issuer !== origin || service.apiSecret === undefined) {
    await store.upsertService(serviceId, { ...withIssuer(service, origin), apiSecret: secret });
  }
  return { isNew: secret === apiSecret, secret };
}

/** Clients that were configured once and are no more are removed, with their tokens: whoever took one away meant it. */
async function seedClients({ client, engine }: EmbeddedConfig, store: Store): Promise<void> {
  const { serviceId, backend } = engine;
  const configured = embeddedClients({ firstParty: client, ...(backend ? { backend } : {}) });
  for (const seeded of configured) await store.upsertClient(serviceId, seeded);
  const ids = new Set(configured.map(({ clientId }) => clientId));
  const page = { offset: 0, limit: MOST_SEEDED_CLIENTS };
  const stored = await store.engine.read.listClients(serviceId, { developer: SEEDED }, page);
  for (const { clientId } of stored) {
    if (clientId === undefined || ids.has(clientId)) continue;
    await store.engine.write((writer) => writer.deleteClient(serviceId, clientId));
  }
}
