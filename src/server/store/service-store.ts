import type { Kysely } from "kysely";
import { type Service, serviceSchema } from "../authlete/service.ts";
import type { Connection, Database } from "./database.ts";
import {
  createDocumentCache,
  openDocument,
  type Seals,
  type StoredDocument,
  sealDocument,
} from "./documents.ts";
import { prepared } from "./prepared.ts";
import type { Schema, ServiceRow } from "./schema.ts";

const KEPT_SERVICES = 100;

/** Members of a service that give power: private keys and passwords. They are stored sealed. */
const SECRETS: ReadonlySet<string> = new Set([
  "jwks",
  "federationJwks",
  "apiSecret",
  "snsCredentials",
  "authenticationCallbackApiSecret",
  "developerAuthenticationCallbackApiSecret",
] satisfies (keyof Service)[]);

/** The services of the engine. */
export interface ServiceStore {
  find(connection: Connection, serviceId: string): Promise<Service | undefined>;
  /** Whether there is any service. */
  isAny(): Promise<boolean>;
  upsert(serviceId: string, service: Service): Promise<void>;
  /** Stores what `create` makes unless there is one already; gives the one that is stored. */
  insertIfAbsent(serviceId: string, create: () => Promise<Service>): Promise<Service>;
  /** Finds a service within a transaction and keeps others from changing it until the transaction ends. */
  lock(connection: Connection, serviceId: string): Promise<Service | undefined>;
  /** Replaces a service within a transaction; tells whether it was there. */
  replace(connection: Connection, serviceId: string, service: Service): Promise<boolean>;
}

/** Makes the store of services. */
export function createServiceStore(database: Database, seals: Seals): ServiceStore {
  const queries = serviceQueries(database.builder);
  const cache = createDocumentCache(KEPT_SERVICES, (serviceId, stored: StoredDocument) =>
    serviceSchema.parse(openDocument(stored, { context: serviceContext(serviceId), keyring: seals.keyring })),
  );
  const rowOf = (serviceId: string, service: Service): ServiceRow => ({
    service_id: serviceId,
    ...sealDocument(service, { secrets: SECRETS, context: serviceContext(serviceId), seals }),
  });
  const find = async (connection: Connection, serviceId: string) => {
    const version = await connection.first(queries.revision, { service_id: serviceId });
    if (version === undefined) return undefined;
    const known = cache.get(serviceId, version.revision);
    if (known !== undefined) return known;
    const row = await connection.first(queries.find, { service_id: serviceId });
    return row && cache.open(serviceId, row);
  };
  return {
    find,
    isAny: async () => (await database.read.first(queries.first, { after: "" })) !== undefined,
    async upsert(serviceId, service) {
      await database.writeOne((connection) => connection.run(queries.upsert, rowOf(serviceId, service)));
    },
    async insertIfAbsent(serviceId, create) {
      const known = await find(database.read, serviceId);
      if (known !== undefined) return known;
      const row = rowOf(serviceId, await create());
      await database.writeOne((connection) => connection.run(queries.insert, row));
      return (await find(database.read, serviceId)) as Service;
    },
    async lock(connection, serviceId) {
      await connection.run(queries.lock, { service_id: serviceId });
      return find(connection, serviceId);
    },
    async replace(connection, serviceId, service) {
      return (await connection.run(queries.replace, rowOf(serviceId, service))) === 1;
    },
  };
}

/** What a service is sealed for. */
export function serviceContext(serviceId: string): string {
  return `services ${serviceId}`;
}

function serviceQueries(db: Kysely<Schema>) {
  const insert = (row: ServiceRow) =>
    db.insertInto("services").values({
      service_id: row.service_id,
      document: row.document,
      sealed: row.sealed,
      revision: row.revision,
    });
  return {
    revision: prepared(
      (key: { service_id: string }) =>
        db.selectFrom("services").select("revision").where("service_id", "=", key.service_id),
      { steady: true },
    ),
    first: prepared((page: { after: string }) =>
      db.selectFrom("services").select("service_id").where("service_id", ">", page.after).limit(1),
    ),
    find: prepared((key: { service_id: string }) =>
      db.selectFrom("services").selectAll().where("service_id", "=", key.service_id),
    ),
    // An update that changes nothing takes the lock of the row, in every database.
    lock: prepared((key: { service_id: string }) =>
      db
        .updateTable("services")
        .set((expression) => ({ revision: expression.ref("revision") }))
        .where("service_id", "=", key.service_id),
    ),
    replace: prepared((row: ServiceRow) =>
      db
        .updateTable("services")
        .set({ document: row.document, sealed: row.sealed, revision: row.revision })
        .where("service_id", "=", row.service_id),
    ),
    insert: prepared((row: ServiceRow) => insert(row).onConflict((conflict) => conflict.doNothing())),
    upsert: prepared((row: ServiceRow) =>
      insert(row).onConflict((conflict) =>
        conflict.column("service_id").doUpdateSet({
          document: row.document,
          sealed: row.sealed,
          revision: row.revision,
        }),
      ),
    ),
  };
}
