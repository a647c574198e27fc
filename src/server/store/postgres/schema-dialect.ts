import { type DatabaseIntrospector, type Dialect, PostgresDialect, type PostgresPool } from "kysely";
import type { Client } from "pg";

/**
 * Kysely's dialect of PostgreSQL, except that it sees the tables of one schema only. Kysely's own looks at each table of each schema, and
 * fails when somebody drops one of them meanwhile.
 *
 * @param client asks for the schema and the names of its tables; their columns are left out, because migrating needs none.
 * @param schema the one schema there is.
 */
export function schemaDialect(pool: PostgresPool, client: Client, schema: string): Dialect {
  const dialect = new PostgresDialect({ pool });
  const introspector: DatabaseIntrospector = {
    getSchemas: async () => [{ name: schema }],
    async getTables() {
      const { rows } = await client.query<{ name: string }>(
        "select tablename as name from pg_catalog.pg_tables where schemaname = $1",
        [schema],
      );
      return rows.map(({ name }) => ({ name, schema, isView: false, isForeign: false, columns: [] }));
    },
  };
  return {
    createAdapter: () => dialect.createAdapter(),
    createDriver: () => dialect.createDriver(),
    createIntrospector: () => introspector,
    createQueryCompiler: () => dialect.createQueryCompiler(),
  };
}
