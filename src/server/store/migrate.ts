import type { Kysely } from "kysely";
import { Migrator } from "kysely/migration";
import { migrations } from "./migrations/all.ts";

/**
 * Brings the tables to the newest form. The caller sees to it that only one process does so at a time.
 *
 * @param schema where the list of migrations is kept, in a database that has schemas.
 * @throws the error of the migration that failed, or of a database that a newer release has changed already.
 */
export async function migrate(db: Kysely<unknown>, schema?: string): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => ({ ...migrations }) },
    ...(schema === undefined ? {} : { migrationTableSchema: schema }),
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}

/** Tells whether the names of the migrations that were run are exactly the ones this release knows. */
export function isMigrated(names: readonly string[]): boolean {
  const known = Object.keys(migrations);
  return names.length === known.length && known.every((name) => names.includes(name));
}
