import { join } from "node:path";
import type { Client } from "../../src/server/authlete/client.ts";
import type { Service } from "../../src/server/authlete/service.ts";
import { readConfig } from "../../src/server/config.ts";
import type { Engine } from "../../src/server/engine/engine.ts";
import { openServices, type Services } from "../../src/server/services.ts";
import { CLIENT, REDIRECT_URI } from "./client.ts";

export const SERVICE_ID = "1";
const ORIGIN = "https://bench.example";

const flows: Partial<Service> = {
  authorizationEndpoint: `${ORIGIN}/authorize`,
  userInfoEndpoint: `${ORIGIN}/userinfo`,
  deviceAuthorizationEndpoint: `${ORIGIN}/device`,
  deviceVerificationUri: `${ORIGIN}/device/verify`,
  deviceFlowCodeDuration: 600,
  deviceFlowPollingInterval: 5,
  backchannelAuthenticationEndpoint: `${ORIGIN}/backchannel`,
  supportedBackchannelTokenDeliveryModes: ["POLL"],
  backchannelAuthReqIdDuration: 600,
  backchannelPollingInterval: 5,
};

/** The client of the bench as the engine stores it. */
export const client: Client = {
  clientId: Number(CLIENT.id),
  clientSecret: CLIENT.secret,
  clientType: "CONFIDENTIAL",
  tokenAuthMethod: "CLIENT_SECRET_BASIC",
  redirectUris: [REDIRECT_URI],
  responseTypes: ["CODE"],
  idTokenSignAlg: "ES256",
  bcDeliveryMode: "POLL",
};

/**
 * Opens the embedded engine as production does, with a service that has every flow and a client that may use them.
 *
 * @param env.BENCH_STATE folder of the SQLite database; `env.DATABASE_URL` takes a PostgreSQL database instead.
 * @param change settings of the service that differ.
 */
export async function openBenchEngine(
  env: Record<string, string | undefined>,
  change: Partial<Service> = {},
): Promise<Services & { engine: Engine }> {
  const secret = env.BENCH_SECRET;
  const config = readConfig({
    NODE_ENV: "production",
    TICKETGATE_ORIGIN: ORIGIN,
    TICKETGATE_SERVICE_ID: SERVICE_ID,
    TICKETGATE_STATE_DIR: join(env.BENCH_STATE ?? "", "engine"),
    DATABASE_URL: env.DATABASE_URL,
    TICKETGATE_SEALING_KEYS: secret,
    TICKETGATE_CLIENT_SECRET: secret,
    TICKETGATE_ENGINE_TOKEN: secret,
    LOG_LEVEL: "silent",
  });
  const services = await openServices(config);
  const { store, engine } = services;
  if (!engine) throw new Error("the engine is not embedded");
  const service = await store.findService(SERVICE_ID);
  await store.upsertService(SERVICE_ID, { ...service, ...flows, ...change });
  await store.upsertClient(SERVICE_ID, client);
  return { ...services, engine };
}
