import { type Client, clientSchema } from "../authlete/client.ts";
import type { ClientFilter, Page } from "../engine/ports.ts";
import { type ClientKey, clientQueries } from "./client-queries.ts";
import type { Connection, Database } from "./database.ts";
import {
  createDocumentCache,
  openDocument,
  type Seals,
  type StoredDocument,
  sealDocument,
} from "./documents.ts";
import type { ClientRow } from "./schema.ts";

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
  /** In the order of their numbers. */
  list(connection: Connection, selection: Selection & { page: Page }): Promise<Client[]>;
  count(connection: Connection, selection: Selection): Promise<number>;
  /** Tells `false`, and writes nothing, when the number or the alias is taken. @throws TypeError without `clientId`. */
  insert(connection: Connection, serviceId: string, client: Client): Promise<boolean>;
  /** Tells whether it was there. */
  replace(connection: Connection, serviceId: string, client: Client): Promise<boolean>;
  /** Removes a client and all that is its own; tells whether it was there. */
  remove(connection: Connection, serviceId: string, clientId: number): Promise<boolean>;
}

type Selection = { serviceId: string; filter: ClientFilter };

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
      const row = clientRow(serviceId, client, seals);
      const stored = await find(database.read, serviceId, String(row.client_id));
      if (stored?.clientId === row.client_id && sameJson(stored, client)) return;
      await database.writeOne((connection) => connection.run(queries.upsert, row));
    },
    async list(connection, { serviceId, filter, page }) {
      const input = { ...selectionOf(serviceId, filter), ...page };
      const rows = await connection.all(queries.list(filter), input);
      return rows.map(
        (row) => cache.get(clientContext(row), row.revision) ?? cache.open(clientContext(row), row),
      );
    },
    async count(connection, { serviceId, filter }) {
      const row = await connection.first(queries.count(filter), selectionOf(serviceId, filter));
      return Number(row?.total ?? 0);
    },
    async insert(connection, serviceId, client) {
      return (await connection.run(queries.insert, clientRow(serviceId, client, seals))) === 1;
    },
    async replace(connection, serviceId, client) {
      return (await connection.run(queries.replace, clientRow(serviceId, client, seals))) === 1;
    },
    async remove(connection, serviceId, clientId) {
      const key = { service_id: serviceId, client_id: clientId };
      for (const query of queries.removeBelongings) await connection.run(query, key);
      return (await connection.run(queries.remove, key)) === 1;
    },
  };
}

function clientRow(serviceId: string, client: Client, seals: Seals): ClientRow {
  if (client.clientId === undefined) throw new TypeError("A client is stored under its clientId.");
  const key = { service_id: serviceId, client_id: client.clientId };
  return {
    ...key,
    alias: client.clientIdAlias ?? null,
    developer: client.developer ?? null,
    ...sealDocument(client, { secrets: SECRETS, context: clientContext(key), seals }),
  };
}

function selectionOf(serviceId: string, { developer, subject }: ClientFilter) {
  return { service_id: serviceId, developer: developer ?? "", subject: subject ?? "" };
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
