import { isDeepStrictEqual } from "node:util";
import type { Service } from "../authlete/service.ts";
import { adoptKeysWithin } from "./key-rotation/adopt.ts";
import { generateServiceKeys } from "./keys.ts";
import type { EngineStore, Random } from "./ports.ts";
import { asProvider, type ProviderConfiguration } from "./provider/as-provider.ts";
import { embeddedService } from "./seed.ts";
import { withIssuer } from "./with-issuer.ts";

const SECRET_BYTES = 32;

export type SeedPorts = {
  store: EngineStore;
  serviceId: string;
  /** Stores what `create` makes unless there is a service already; gives the one that is stored. */
  insertServiceIfAbsent: (serviceId: string, create: () => Promise<Service>) => Promise<Service>;
  random: Random;
};

/**
 * Makes the service unless it is there; one that is there follows the configuration. Any number of instances may do this at once.
 *
 * @param configuration the issuer, and what else the configuration decides.
 * @param now milliseconds since the epoch.
 * @returns a secret of the service, as old as the service.
 */
export async function seedService(
  ports: SeedPorts,
  configuration: ProviderConfiguration,
  now: number,
): Promise<string> {
  return seed(ports, configuration, { now, follows: true });
}

/**
 * Makes the service unless it is there; one that is there stays as it is, whatever the configuration says. For whoever works beside a
 * server: what the server is configured with is its own.
 *
 * @param configuration what a new service follows.
 * @param now milliseconds since the epoch.
 * @returns a secret of the service, as old as the service.
 */
export async function ensureService(
  ports: SeedPorts,
  configuration: ProviderConfiguration,
  now: number,
): Promise<string> {
  return seed(ports, configuration, { now, follows: false });
}

async function seed(
  { store, serviceId, insertServiceIfAbsent, random }: SeedPorts,
  configuration: ProviderConfiguration,
  { now, follows }: { now: number; follows: boolean },
): Promise<string> {
  await insertServiceIfAbsent(serviceId, async () =>
    embeddedService({ serviceId, issuer: configuration.issuer, jwks: await generateServiceKeys() }),
  );
  return store.write(async (writer) => {
    const service = await writer.lockService(serviceId);
    if (!service) throw new Error(`there is no service ${serviceId}`);
    if (!follows && service.apiSecret !== undefined) return service.apiSecret;
    // Without a secret it is new: the secret and the care for its keys come together, whatever happens in between.
    if (service.apiSecret === undefined) await adoptKeysWithin(writer, serviceId, now);
    const apiSecret = service.apiSecret ?? Buffer.from(random(SECRET_BYTES)).toString("base64url");
    const moved = withIssuer(service, configuration.issuer);
    const wanted = { ...asProvider(moved, configuration), apiSecret };
    if (!isDeepStrictEqual(wanted, service)) await writer.replaceService(serviceId, wanted);
    return apiSecret;
  });
}
