import type { AccountStore, AccountTokenStore } from "../account/ports.ts";
import type { FactorSetupStore, SecondFactorStore } from "../account/second-factor/ports.ts";
import type { Client } from "../authlete/client.ts";
import type { Service } from "../authlete/service.ts";
import type { Clock, EngineStore, Random } from "../engine/ports.ts";
import type { Keyring } from "../secret/keyring.ts";
import type { BackchannelStore } from "../session/backchannel-store.ts";
import type { DeviceRequesterStore } from "../session/device-requester-store.ts";
import type { InteractionStore } from "../session/interaction-store.ts";
import type { NonceStore, SessionStore, TransactionStore } from "../session/ports.ts";
import type { SessionClientStore } from "../session/session-client-store.ts";
import { createAccountStore } from "./account-store.ts";
import { createAccountTokenStore } from "./account-token-store.ts";
import { createBackchannelStore } from "./backchannel-store.ts";
import { createClientStore } from "./client-store.ts";
import type { Database } from "./database.ts";
import { createDeviceRequesterStore } from "./device-requester-store.ts";
import { createEngineStore } from "./engine-store.ts";
import { createExpiry } from "./expiry.ts";
import { createFactorSetupStore } from "./factor-setup-store.ts";
import { createInteractionStore } from "./interaction-store.ts";
import { createNonceStore } from "./nonce-store.ts";
import { openPostgres } from "./postgres/open-postgres.ts";
import { shownDatabase } from "./postgres/settings.ts";
import { reseal } from "./reseal.ts";
import { checkSealingKey } from "./sealing-check.ts";
import { createSecondFactorStore } from "./second-factor-store.ts";
import { createServiceStore } from "./service-store.ts";
import { createSessionClientStore } from "./session-client-store.ts";
import { createSessionStore } from "./session-store.ts";
import { openSqlite } from "./sqlite/open-sqlite.ts";
import { createTransactionStore } from "./transaction-store.ts";

/** Everything that is kept, behind the ports of those who keep it. */
export type Store = {
  engine: EngineStore;
  transactions: TransactionStore;
  sessions: SessionStore;
  interactions: InteractionStore;
  sessionClients: SessionClientStore;
  backchannelRequests: BackchannelStore;
  deviceRequesters: DeviceRequesterStore;
  nonces: NonceStore;
  accounts: AccountStore;
  accountTokens: AccountTokenStore;
  factors: SecondFactorStore;
  factorSetups: FactorSetupStore;
  findService(serviceId: string): Promise<Service | undefined>;
  /** Whether there is any service. */
  hasService(): Promise<boolean>;
  upsertService(serviceId: string, service: Service): Promise<void>;
  /** Stores what `create` makes unless there is one already; gives the one that is stored. */
  insertServiceIfAbsent(serviceId: string, create: () => Promise<Service>): Promise<Service>;
  findClient(serviceId: string, identifier: string): Promise<Client | undefined>;
  /** Stores a client under its `clientId`; writes nothing when it is stored like that already. */
  upsertClient(serviceId: string, client: Client): Promise<void>;
  /**
   * Removes what has expired at `now` (milliseconds since the epoch), in transactions of at most `limit` rows.
   * Gives the number of rows.
   */
  removeExpired(now: number, limit: number): Promise<number>;
  /** Waits for the writes that are under way. Later calls reject. */
  close(): Promise<void>;
};

/** The store cannot be opened; the text names the database and the reason. */
export class StoreOpenError extends Error {
  constructor(database: string, cause: unknown) {
    super(`The database ${database} cannot be opened: ${reasonOf(cause)}`, { cause });
    this.name = "StoreOpenError";
  }
}

/** Where several addresses were tried, the reason stands in the error of each. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join("; ");
  return error instanceof Error ? error.message : String(error);
}

/** What every store takes, whatever the database. */
export type StorePorts = {
  clock: Clock;
  random: Random;
  /** Seals client secrets and private keys. */
  keyring: Keyring;
};

/** Where the store is: the path of a SQLite file, `:memory:`, or the URL of a PostgreSQL database. */
export type StorePlace = { file: string } | { url: string };

export type StoreOptions = StorePorts & StorePlace;

/**
 * Opens the store and migrates it; a SQLite file is created with its folder if need be.
 *
 * @throws StoreOpenError when the database cannot be read or written, was made by a newer release, or was sealed with a
 *   key that the keyring does not have.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  let database: Database | undefined;
  try {
    database = "url" in options ? await openPostgres(options.url) : await openSqlite(options.file);
    if (!(await checkSealingKey(database, options.keyring))) await reseal(database, options);
    return createStore(database, options);
  } catch (error) {
    await database?.close();
    throw new StoreOpenError("url" in options ? shownDatabase(options.url) : options.file, error);
  }
}

/** Puts the stores on a database that is migrated and whose sealing key was checked. */
function createStore(database: Database, ports: StorePorts): Store {
  let closing = false;
  const services = createServiceStore(database, ports);
  const clients = createClientStore(database, ports);
  return {
    engine: createEngineStore(database, { services, clients }, ports),
    transactions: createTransactionStore(database),
    sessions: createSessionStore(database),
    interactions: createInteractionStore(database),
    sessionClients: createSessionClientStore(database),
    backchannelRequests: createBackchannelStore(database),
    deviceRequesters: createDeviceRequesterStore(database),
    nonces: createNonceStore(database, ports.clock),
    accounts: createAccountStore(database),
    accountTokens: createAccountTokenStore(database),
    factors: createSecondFactorStore(database, ports),
    factorSetups: createFactorSetupStore(database),
    findService: (serviceId) => services.find(database.read, serviceId),
    hasService: services.isAny,
    upsertService: services.upsert,
    insertServiceIfAbsent: services.insertIfAbsent,
    findClient: (serviceId, identifier) => clients.find(database.read, serviceId, identifier),
    upsertClient: clients.upsert,
    removeExpired: createExpiry(database, () => closing),
    async close() {
      closing = true;
      await database.close();
    },
  };
}
