import type { Kysely } from "kysely";
import { type Client, clientSchema } from "../authlete/client.ts";
import type { Connection, Database } from "./database.ts";
import {
  createDocumentCache,
  openDocument,
  type Seals,
  type StoredDocument,
  sealDocument,
} from "./documents.ts";
import { prepared } from "./prepared.ts";
import type { ClientRow, Schema } from "./schema.ts";

const KEPT_CLIENTS = 1_000;

/** The member of a client that gives power. It is stored sealed. */
const SECRETS: ReadonlySet<string> = new Set(["clientSecret"] satisfies (keyof Client)[]);

/** A client id that is a number that JavaScript holds exactly. */
const NUMBER = /^[1-9]\d{0,15}$/;

/** The clients of the engine's services. */
export interface ClientStore {
  /** By number or, failing that, by alias. */
  find(connection: Connection, serviceId: string, identifier: string): Promise<Client | undefined>;
  /**
   * Stores a client under its `clientId`. Writes nothing when it is stored like that already.
   *
   * @throws TypeError without `clientId`; an error of the database when another client has the alias.
   */
  upsert(serviceId: string, client: Client): Promise<void>;
}

/** The key of a client's row. */
export type ClientKey = { service_id: string; client_id: number };

/** Makes the store of clients. */
export function createClientStore(database: Database, seals: Seals): ClientStore {
  const queries = clientQueries(database.builder);
  const cache = createDocumentCache(KEPT_CLIENTS, (context, stored: StoredDocument) =>
    clientSchema.parse(openDocument(stored, { context, keyring: seals.keyring })),
  );
  const opened = async (connection: Connection, key: ClientKey, revision: string) => {
    const context = clientContext(key);
    const known = cache.get(context, revision);
    if (known !== undefined) return known;
    const row = await connection.first(queries.find, key);
    return row && cache.open(context, row);
  };
  const find: ClientStore["find"] = async (connection, serviceId, identifier) => {
    const number = numberOf(identifier);
    const key = { service_id: serviceId, client_id: number ?? 0 };
    const byNumber = number === undefined ? undefined : await connection.first(queries.revision, key);
    if (byNumber !== undefined) return opened(connection, key, byNumber.revision);
    const byAlias = await connection.first(queries.byAlias, { service_id: serviceId, alias: identifier });
    return byAlias && opened(connection, { ...key, client_id: byAlias.client_id }, byAlias.revision);
  };
  return {
    find,
    async upsert(serviceId, client) {
      const { clientId } = client;
      if (clientId === undefined) throw new TypeError("A client is stored under its clientId.");
      const stored = await find(database.read, serviceId, String(clientId));
      if (stored?.clientId === clientId && sameJson(stored, client)) return;
      const key = { service_id: serviceId, client_id: clientId };
      const document = sealDocument(client, { secrets: SECRETS, context: clientContext(key), seals });
      const row: ClientRow = { ...key, alias: client.clientIdAlias ?? null, ...document };
      await database.writeOne((connection) => connection.run(queries.upsert, row));
    },
  };
}

/** What a client is sealed for. */
export function clientContext({ service_id, client_id }: ClientKey): string {
  return `clients ${service_id} ${client_id}`;
}

function numberOf(identifier: string): number | undefined {
  const number = NUMBER.test(identifier) ? Number(identifier) : undefined;
  return Number.isSafeInteger(number) ? number : undefined;
}

/** Members in another order, or present as `undefined`, make no difference. */
function sameJson(left: Client, right: Client): boolean {
  const sorted = (client: Client) =>
    JSON.stringify(Object.entries(client).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return sorted(left) === sorted(JSON.parse(JSON.stringify(right)) as Client);
}

function clientQueries(db: Kysely<Schema>) {
  return {
    revision: prepared((key: ClientKey) =>
      db
        .selectFrom("clients")
        .select("revision")
        .where("service_id", "=", key.service_id)
        .where("client_id", "=", key.client_id),
    ),
    byAlias: prepared((key: { service_id: string; alias: string }) =>
      db
        .selectFrom("clients")
        .select(["client_id", "revision"])
        .where("service_id", "=", key.service_id)
        .where("alias", "=", key.alias),
    ),
    find: prepared((key: ClientKey) =>
      db
        .selectFrom("clients")
        .selectAll()
        .where("service_id", "=", key.service_id)
        .where("client_id", "=", key.client_id),
    ),
    upsert: prepared((row: ClientRow) =>
      db
        .insertInto("clients")
        .values({
          service_id: row.service_id,
          client_id: row.client_id,
          alias: row.alias,
          document: row.document,
          sealed: row.sealed,
          revision: row.revision,
        })
        .onConflict((conflict) =>
          conflict.columns(["service_id", "client_id"]).doUpdateSet({
            alias: row.alias,
            document: row.document,
            sealed: row.sealed,
            revision: row.revision,
          }),
        ),
    ),
  };
}
