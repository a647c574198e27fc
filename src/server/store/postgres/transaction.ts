import { hashOf } from "../../secret/hash.ts";
import type { Durability, Transaction } from "../database.ts";
import type { Query } from "./client.ts";
import { postgresConnection } from "./connection.ts";

const begin = {
  "power-failure": "begin isolation level read committed read write",
  /** The commit is visible at once, and reaches the disk with the next one that waits for it. */
  crash: "begin isolation level read committed read write; set local synchronous_commit to off",
} as const satisfies Record<Durability, string>;

const LOCK = { name: "lock", text: "select pg_advisory_xact_lock(hashtextextended($1, 0))" } as const;

/** Runs a work in a transaction and commits it; a work that rejects is undone. */
export async function inTransaction<Result>(
  query: Query,
  work: (transaction: Transaction) => Promise<Result>,
  durability: Durability,
): Promise<Result> {
  await query(begin[durability]);
  try {
    const result = await work(transactionOf(query));
    await commit(query);
    return result;
  } catch (error) {
    await rollBack(query);
    throw error;
  }
}

function transactionOf(query: Query): Transaction {
  return {
    ...postgresConnection(query),
    async lock(name) {
      await query({ ...LOCK, values: [hashOf(name)] });
    },
  };
}

/**
 * A statement that fails ends the transaction, even when the work goes on as if nothing had happened. The answer to `commit`
 * is no error then, but `ROLLBACK`.
 */
async function commit(query: Query): Promise<void> {
  const { command } = await query("commit");
  if (command !== "COMMIT") throw new Error("The transaction was not committed: a statement of it failed.");
}

/** Should even this fail, the connection is closed, and the server undoes the transaction. */
async function rollBack(query: Query): Promise<void> {
  try {
    await query("rollback");
  } catch {}
}
