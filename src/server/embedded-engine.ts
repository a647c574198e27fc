import { type Config, ConfigurationError } from "./config.ts";
import { createEngine, type Engine } from "./engine/engine.ts";
import { rotateOldKeys } from "./engine/key-rotation/rotate.ts";
import { embeddedClients } from "./engine/seed.ts";
import { seedClients } from "./engine/seed-clients.ts";
import { ensureService, seedService } from "./engine/seed-service.ts";
import { checkJwkSet, checkJwt, checkUriList } from "./jwks/check-document.ts";
import { createDocumentFetcher } from "./jwks/document-fetcher.ts";
import { createPinnedRequest } from "./jwks/pinned-request.ts";
import { resolveHost } from "./jwks/resolve-host.ts";
import type { Log } from "./log.ts";
import { deriveKey } from "./secret/derive-key.ts";
import type { Store } from "./store/open.ts";

const ROTATION_INTERVAL_MS = 60 * 60_000;

/** RFC 9101 5.2.3; OIDC Core 6.2 names no media type. */
const REQUEST_OBJECT_TYPES = "application/oauth-authz-req+jwt, application/jwt, */*;q=0.1";

export type EmbeddedEnginePorts = {
  store: Store;
  clock: () => number;
  random: (bytes: number) => Uint8Array;
  log: Log;
};

type EmbeddedConfig = Config & { engine: Extract<Config["engine"], { kind: "embedded" }> };

/**
 * Opens the embedded engine. A server brings the service and the configured clients into the store, and keeps the signing keys young. A
 * command leaves all that as the server has it, and only makes a service where there is none at all.
 *
 * @param options.followsConfiguration whether what is stored becomes what is configured.
 * @returns the engine, and what ends its timer.
 * @throws ConfigurationError where a command is for a service that is not in this database, and another one is.
 */
export async function openEmbeddedEngine(
  config: EmbeddedConfig,
  { store, clock, random, log }: EmbeddedEnginePorts,
  { followsConfiguration = true }: { followsConfiguration?: boolean } = {},
): Promise<{ engine: Engine; stop: () => void }> {
  const { serviceId, ticketMs } = config.engine;
  const open = followsConfiguration ? followConfiguration : keepStored;
  const { secret, stop } = await open(config, { store, clock, random, log });
  const network = {
    clock,
    resolve: resolveHost,
    request: createPinnedRequest(),
    allowPrivateAddresses: !config.production,
  };
  const engine = createEngine({
    store: store.engine,
    clock,
    random,
    serviceId,
    ticketDurationMs: ticketMs,
    fetchJwks: createDocumentFetcher({ ...network, check: checkJwkSet }),
    fetchSector: createDocumentFetcher({ ...network, check: checkUriList }),
    fetchRequestObject: createDocumentFetcher({
      ...network,
      check: checkJwt,
      request: createPinnedRequest({ accept: REQUEST_OBJECT_TYPES }),
      // A client may put another request at the same address at any time.
      keptMs: 0,
    }),
    nonceKey: deriveKey(config.sealingKeys[0], "dpop nonce"),
    // Sealing keys change; what clients know their users by must not.
    pairwiseKey: deriveKey(secret, "pairwise subject"),
  });
  return { engine, stop };
}

/** The secret of the service, and what ends the timers that care for it. */
type Opened = { secret: string; stop: () => void };

async function followConfiguration(
  config: EmbeddedConfig,
  { store, clock, random, log }: EmbeddedEnginePorts,
): Promise<Opened> {
  const { serviceId, keys, backend, exampleClientId } = config.engine;
  const stored = { store: store.engine, serviceId };
  const { insertServiceIfAbsent } = store;
  const secret = await seedService({ ...stored, insertServiceIfAbsent, random }, providerOf(config), clock());
  await seedClients(
    stored,
    embeddedClients({
      firstParty: config.client,
      ...(backend && { backend }),
      ...(exampleClientId !== undefined && { exampleClientId }),
    }),
  );
  const failed = (error: unknown) => log.error("engine.key_rotation_failed", { error });
  const rotate = () => rotateOldKeys(stored, keys, clock()).catch(failed);
  await rotate();
  const timer = setInterval(() => void rotate(), ROTATION_INTERVAL_MS).unref();
  return { secret, stop: () => clearInterval(timer) };
}

async function keepStored(
  config: EmbeddedConfig,
  { store, clock, random }: EmbeddedEnginePorts,
): Promise<Opened> {
  const { serviceId } = config.engine;
  if (!(await store.findService(serviceId)) && (await store.hasService())) {
    throw new ConfigurationError([
      `TICKETGATE_SERVICE_ID: there is no service ${serviceId} in this database, and there is another one`,
    ]);
  }
  const { insertServiceIfAbsent } = store;
  const ports = { store: store.engine, serviceId, insertServiceIfAbsent, random };
  return { secret: await ensureService(ports, providerOf(config), clock()), stop: () => {} };
}

function providerOf({ origin, registration, engine: { lifetimes } }: EmbeddedConfig) {
  return { issuer: origin, lifetimes, registration: registration.access !== "off" };
}
