import { Kysely, type PostgresPool, type PostgresPoolClient } from "kysely";
import { Client } from "pg";
import { isMigrated, migrate } from "../migrate.ts";
import { schemaDialect } from "./schema-dialect.ts";
import { clientSettings } from "./settings.ts";

/**
 * Brings the tables to the newest form, over a connection of its own. Of several processes that start at once one does
 * it and the others find it done.
 *
 * @throws the error of the server or of a migration; an Error when the database cannot hold every text.
 */
export async function migrateAlone(url: string): Promise<void> {
  const client = new Client(clientSettings(url));
  // An error between two statements comes back from the next one.
  client.on("error", () => {});
  await client.connect();
  try {
    const schema = await checkedSchema(client);
    if (isMigrated(await migrationNames(client, schema))) return;
    // Held until the connection is closed.
    await client.query("select pg_advisory_lock(hashtextextended($1, 0))", [`ticketgate ${schema}`]);
    await migrate(new Kysely<unknown>({ dialect: schemaDialect(poolOf(client), client, schema) }), schema);
  } finally {
    await client.end();
  }
}

/** The schema that tables are created in: the first of the search path that exists. */
async function checkedSchema(client: Client): Promise<string> {
  const { rows } = await client.query(
    "select current_schema() as schema, current_setting('server_encoding') as encoding",
  );
  const { schema, encoding } = rows[0] as { schema: string | null; encoding: string };
  if (schema === null) throw new Error("it has no schema to create tables in (search_path)");
  if (encoding !== "UTF8") throw new Error(`its encoding is ${encoding}, and has to be UTF8`);
  return schema;
}

async function migrationNames(client: Client, schema: string): Promise<string[]> {
  const table = await client.query(
    "select 1 from pg_catalog.pg_tables where schemaname = $1 and tablename = 'kysely_migration'",
    [schema],
  );
  if (table.rowCount === 0) return [];
  const { rows } = await client.query(`select name from ${client.escapeIdentifier(schema)}.kysely_migration`);
  return rows.map(({ name }: { name: string }) => name);
}

/** The one connection in the form that Kysely's own dialect takes. */
function poolOf(client: Client): PostgresPool {
  const lent = {
    query: (text: string, parameters: unknown[]) => client.query(text, parameters),
    release() {},
  } as unknown as PostgresPoolClient;
  return { options: {}, connect: async () => lent, end: async () => {} };
}
