import { chmodSync, closeSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import {
  DummyDriver,
  Kysely,
  SqliteAdapter,
  SqliteDialect,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from "kysely";
import type { Connection, Database } from "../database.ts";
import { isMigrated, migrate } from "../migrate.ts";
import type { Schema } from "../schema.ts";
import { kyselyDatabase, sqliteConnection } from "./connection.ts";
import { createGroupCommit, type GroupCommit } from "./group-commit.ts";
import { createSteadyMemory, type SteadyMemory } from "./steady-memory.ts";

const BUSY_TIMEOUT_MS = 5_000;
const MEMORY = ":memory:";

/** Pages in the log (16 MB) before they go into the file: a page that is written again in the meantime goes there once. */
const CHECKPOINT = "pragma wal_autocheckpoint = 4000";

/** Each connection keeps 8 MB of pages: the upper levels of all indexes over millions of rows, so that a look-up reads only leaves. */
const CACHE = "pragma cache_size = -8192";

/**
 * Opens a SQLite file, creates it when it is absent (readable by its owner only), and migrates it. One connection writes
 * and one reads; `:memory:` has a single one, where reads wait for the transaction that is open.
 *
 * @param file a path or `:memory:`.
 * @throws the error of SQLite or of a migration.
 */
export async function openSqlite(file: string): Promise<Database> {
  if (file !== MEMORY) createPrivately(file);
  const writer = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS, enableForeignKeyConstraints: true });
  try {
    if (file !== MEMORY) writer.exec("pragma journal_mode = wal");
    writer.exec(`${CACHE}; ${CHECKPOINT}; pragma synchronous = full`);
    await migrateAlone(writer);
    // From here on the wait for another process's lock must not stop the event loop; see `begin`.
    writer.exec("pragma busy_timeout = 0");
    return file === MEMORY ? inMemory(writer) : inFile(writer, file);
  } catch (error) {
    writer.close();
    throw error;
  }
}

function inFile(writer: DatabaseSync, file: string): Database {
  const reader = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS, readOnly: true });
  reader.exec(CACHE);
  const connections = { reader: sqliteConnection(reader), writer: sqliteConnection(writer) };
  const memory = createSteadyMemory(otherCommits(writer));
  const commits = createGroupCommit(writer, noting(connections.writer, memory), memory.committed);
  // A commit makes every other connection read its pages anew, so the one that writes also reads while it has no transaction open.
  const idle = ({ sql }: { sql: string }) =>
    sql.startsWith("select ") && !writer.isTransaction ? connections.writer : connections.reader;
  const read: Connection = {
    async first(query, input) {
      commits.refuseNested();
      if (!query.steady) return idle(query).first(query, input);
      return memory.recall(query, input, () => idle(query).first(query, input));
    },
    async all(query, input) {
      commits.refuseNested();
      return idle(query).all(query, input);
    },
    async run(query, input) {
      return connections.reader.run(query, input);
    },
  };
  return database(read, commits, [reader, writer]);
}

/** A number that changes when another connection has committed. */
function otherCommits(writer: DatabaseSync): () => number {
  const version = writer.prepare("pragma data_version");
  return () => Number(version.get()?.data_version);
}

/** The connection of a transaction, whose statements the memory hears of. */
function noting(connection: Connection, memory: SteadyMemory): Connection {
  return {
    first(query, input) {
      memory.noteStatement(query.sql);
      return connection.first(query, input);
    },
    all(query, input) {
      memory.noteStatement(query.sql);
      return connection.all(query, input);
    },
    run(query, input) {
      memory.noteStatement(query.sql);
      return connection.run(query, input);
    },
  };
}

function inMemory(only: DatabaseSync): Database {
  const connection = sqliteConnection(only);
  const commits = createGroupCommit(only, connection, () => {});
  const read: Connection = {
    async first(query, input) {
      await commits.idle();
      return connection.first(query, input);
    },
    async all(query, input) {
      await commits.idle();
      return connection.all(query, input);
    },
    async run() {
      throw new Error("attempt to write with the connection that reads");
    },
  };
  return database(read, commits, [only]);
}

function database(read: Connection, commits: GroupCommit, connections: readonly DatabaseSync[]): Database {
  return {
    builder: sqliteBuilder(),
    read,
    write: (work) => commits.submit(work, { single: false }),
    writeOne: (work, durability) =>
      commits.submit(work, { single: true, ...(durability ? { durability } : {}) }),
    writeAlong: (work) => commits.ride(work),
    async close() {
      await commits.close();
      for (const connection of connections) if (connection.isOpen) connection.close();
    },
  };
}

function sqliteBuilder(): Kysely<Schema> {
  return new Kysely<Schema>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  });
}

/** The write lock lets one process migrate at a time; the next one finds the work done. */
async function migrateAlone(writer: DatabaseSync): Promise<void> {
  if (isMigrated(migrationNames(writer))) return;
  writer.exec("begin immediate");
  try {
    await migrate(new Kysely<unknown>({ dialect: new SqliteDialect({ database: kyselyDatabase(writer) }) }));
    writer.exec("commit");
  } catch (error) {
    if (writer.isTransaction) writer.exec("rollback");
    throw error;
  }
}

function migrationNames(writer: DatabaseSync): string[] {
  const table = writer.prepare("select 1 from sqlite_master where name = 'kysely_migration'").get();
  if (table === undefined) return [];
  return writer
    .prepare("select name from kysely_migration")
    .all()
    .map(({ name }) => String(name));
}

function createPrivately(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  closeSync(openSync(file, "a", 0o600));
  chmodSync(file, 0o600);
}
