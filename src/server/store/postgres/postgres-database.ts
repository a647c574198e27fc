import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from "kysely";
import type { Pool } from "pg";
import type { Connection, Database, Durability, Transaction } from "../database.ts";
import { createNesting } from "../nesting.ts";
import type { Schema } from "../schema.ts";
import { withClient } from "./client.ts";
import { postgresConnection } from "./connection.ts";
import { retried } from "./retry.ts";
import { createRiders } from "./riders.ts";
import { inTransaction } from "./transaction.ts";
import { createUnderWay } from "./under-way.ts";

type Work<Result> = (connection: Connection) => Promise<Result>;

/** The database behind a pool of connections; closing it ends the pool. */
export function postgresDatabase(pool: Pool): Database {
  const nesting = createNesting();
  const underWay = createUnderWay();
  const single = <Result>(work: Work<Result>) => withClient(pool, (query) => work(postgresConnection(query)));
  const transaction = <Result>(
    work: (transaction: Transaction) => Promise<Result>,
    durability: Durability = "power-failure",
  ) => retried(() => withClient(pool, (query) => inTransaction(query, work, durability)));
  const riders = createRiders((works) =>
    transaction(async (connection) => {
      for (const work of works) await work(connection);
    }, "crash"),
  );
  const reading = async <Result>(work: Work<Result>) => {
    nesting.refuse();
    return underWay.add(() => single(work));
  };
  const writing = async <Result>(write: () => Promise<Result>) => {
    nesting.refuse();
    return underWay.add(async () => {
      const along = riders.settled();
      const result = await write();
      await along;
      return result;
    });
  };
  let ended: Promise<void> | undefined;
  const end = async () => {
    await underWay.close();
    await riders.close();
    await pool.end();
  };
  return {
    builder: postgresBuilder(),
    read: {
      first: (query, input) => reading((connection) => connection.first(query, input)),
      all: (query, input) => reading((connection) => connection.all(query, input)),
      async run() {
        throw new Error("attempt to write with the connection that reads");
      },
    },
    write: (work) => writing(() => transaction((connection) => nesting.run(() => work(connection)))),
    writeOne: (work, durability) =>
      writing(() => (durability === "crash" ? transaction(work, "crash") : retried(() => single(work)))),
    writeAlong: (work) => riders.add(work),
    close() {
      ended ??= end();
      return ended;
    },
  };
}

function postgresBuilder(): Kysely<Schema> {
  return new Kysely<Schema>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  });
}
