import { Pool } from "pg";
import type { Database } from "../database.ts";
import { migrateAlone } from "./migrate-alone.ts";
import { postgresDatabase } from "./postgres-database.ts";
import { poolSettings } from "./settings.ts";

/**
 * Opens a PostgreSQL database and migrates it. Any number of processes may have it open.
 *
 * @param url `postgres://user:password@host:port/database`.
 * @throws the error of the server, of the network or of a migration.
 */
export async function openPostgres(url: string): Promise<Database> {
  await migrateAlone(url);
  const pool = new Pool(poolSettings(url));
  // A connection that breaks while nobody uses it has left the pool by then; the next query opens another.
  pool.on("error", () => {});
  return postgresDatabase(pool);
}
