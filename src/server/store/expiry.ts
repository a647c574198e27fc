import { type Kysely, sql } from "kysely";
import type { Database } from "./database.ts";
import { prepared } from "./prepared.ts";
import type { Schema } from "./schema.ts";

type Batch = { now: number; limit: number };

/** A table whose rows expire: its key, and the column that says when. */
type Expiring = { table: keyof Schema; key: readonly string[]; end: "expires_at" | "ends_at" };

const expiring: readonly Expiring[] = [
  { table: "nonces", key: ["nonce_hash"], end: "expires_at" },
  { table: "transactions", key: ["handle_hash"], end: "expires_at" },
  { table: "sessions", key: ["id_hash"], end: "expires_at" },
  { table: "interactions", key: ["handle_hash"], end: "expires_at" },
  { table: "session_clients", key: ["session_hash", "client_id"], end: "expires_at" },
  { table: "backchannel_requests", key: ["id"], end: "expires_at" },
  { table: "device_requesters", key: ["user_code_hash"], end: "expires_at" },
  { table: "factor_setups", key: ["owner_hash"], end: "expires_at" },
  { table: "account_tokens", key: ["token_hash"], end: "expires_at" },
  { table: "token_tickets", key: ["ticket_hash"], end: "expires_at" },
  { table: "artifacts", key: ["key_hash", "kind"], end: "expires_at" },
  { table: "tokens", key: ["id"], end: "ends_at" },
  { table: "spent_refresh_tokens", key: ["refresh_token_hash", "service_id"], end: "expires_at" },
];

/**
 * Makes the clean-up of what has expired. Any number of processes may do it at once.
 *
 * @param isClosing tells that the store is about to close: the clean-up then stops after its batch.
 * @returns a function of the time (milliseconds since the epoch) and of the largest number of rows that one
 *   transaction removes, so that other writes get in between. It tells how many rows it removed in all.
 */
export function createExpiry(
  database: Database,
  isClosing: () => boolean,
): (now: number, limit: number) => Promise<number> {
  const queries = expiring.map((rows) => removal(database.builder, rows));
  return async (now, limit) => {
    let total = 0;
    for (const query of queries) {
      let removed = limit;
      while (removed === limit && !isClosing()) {
        removed = await database.writeOne((connection) => connection.run(query, { now, limit }));
        total += removed;
      }
    }
    return total;
  };
}

/**
 * Removes the rows that expired first. A row that somebody prolongs meanwhile stays: the outer condition is asked of the
 * row as it is when it is removed. Its plus keeps the index for the inner condition, which finds a batch and no more.
 */
function removal(db: Kysely<Schema>, { table, key, end }: Expiring) {
  const rows = sql.table(table);
  const columns = sql.join(key.map((column) => sql.ref(column)));
  const until = sql.ref(end);
  return prepared(({ now, limit }: Batch) => ({
    compile: () =>
      sql`delete from ${rows} where (${columns}) in
        (select ${columns} from ${rows} where ${until} <= ${now} order by ${until} limit ${limit})
        and +${until} <= ${now}`.compile(db),
  }));
}
