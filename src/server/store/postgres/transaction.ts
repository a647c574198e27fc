import { hashOf } from "../../secret/hash.ts";
import type { Durability, Transaction } from "../database.ts";
import type { Query } from "./client.ts";
import { postgresConnection } from "./connection.ts";

const begin = {
  "power-failure": "begin isolation level read committed read write",
  /** The commit is visible at once, and reaches the disk with the next one that waits for it. */
  crash: "begin isolation level read committed read write; set local synchronous_commit to off",
} as const satisfies Record<Durability, string>;

const LOCK = "select pg_advisory_xact_lock(hashtextextended($1, 0))";

/**
 * Runs a work in a transaction and commits it. A statement that fails ends the transaction, even when the work goes on as if nothing
 * had happened: then this rejects with that statement's error.
 */
export async function inTransaction<Result>(
  query: Query,
  work: (transaction: Transaction) => Promise<Result>,
  durability: Durability,
): Promise<Result> {
  const failures: unknown[] = [];
  const noting: Query = async (statement) => {
    try {
      return await query(statement);
    } catch (error) {
      failures.push(error);
      throw error;
    }
  };
  await query(begin[durability]);
  try {
    const result = await work(transactionOf(noting));
    if (failures.length > 0) throw failures[0];
    await commit(query);
    return result;
  } catch (error) {
    await rollBack(query);
    throw failures.length > 0 ? failures[0] : error;
  }
}

function transactionOf(query: Query): Transaction {
  return {
    ...postgresConnection(query),
    async lock(name) {
      await query({ text: LOCK, values: [hashOf(name)] });
    },
  };
}

/** In a transaction that has failed the answer to `commit` is no error, but `ROLLBACK`. */
async function commit(query: Query): Promise<void> {
  const { command } = await query("commit");
  if (command !== "COMMIT") throw new Error("The transaction was not committed.");
}

/** Should even this fail, the connection is closed, and the server undoes the transaction. */
async function rollBack(query: Query): Promise<void> {
  try {
    await query("rollback");
  } catch {}
}
