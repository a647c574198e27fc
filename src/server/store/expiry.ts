import type { Kysely } from "kysely";
import type { Database } from "./database.ts";
import { prepared } from "./prepared.ts";
import type { Schema } from "./schema.ts";

type Batch = { now: number; limit: number };

/**
 * Makes the clean-up of what has expired.
 *
 * @param isClosing tells that the store is about to close: the clean-up then stops after its batch.
 * @returns a function of the time (milliseconds since the epoch) and of the largest number of rows that one
 *   transaction removes, so that other writes get in between. It tells how many rows it removed in all.
 */
export function createExpiry(
  database: Database,
  isClosing: () => boolean,
): (now: number, limit: number) => Promise<number> {
  const queries = expiryQueries(database.builder);
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

function expiryQueries(db: Kysely<Schema>) {
  return [
    ...signInQueries(db),
    prepared(({ now, limit }: Batch) =>
      db
        .deleteFrom("token_tickets")
        .where("ticket_hash", "in", (expired) =>
          expired
            .selectFrom("token_tickets")
            .select("ticket_hash")
            .where("expires_at", "<=", now)
            .limit(limit),
        ),
    ),
    prepared(({ now, limit }: Batch) =>
      db
        .deleteFrom("artifacts")
        .where(({ eb, refTuple, selectFrom }) =>
          eb(
            refTuple("key_hash", "kind"),
            "in",
            selectFrom("artifacts")
              .select(["key_hash", "kind"])
              .where("expires_at", "<=", now)
              .limit(limit)
              .$asTuple("key_hash", "kind"),
          ),
        ),
    ),
    prepared(({ now, limit }: Batch) =>
      db
        .deleteFrom("tokens")
        .where("id", "in", (expired) =>
          expired.selectFrom("tokens").select("id").where("ends_at", "<=", now).limit(limit),
        ),
    ),
    prepared(({ now, limit }: Batch) =>
      db
        .deleteFrom("spent_refresh_tokens")
        .where(({ eb, refTuple, selectFrom }) =>
          eb(
            refTuple("refresh_token_hash", "service_id"),
            "in",
            selectFrom("spent_refresh_tokens")
              .select(["refresh_token_hash", "service_id"])
              .where("expires_at", "<=", now)
              .limit(limit)
              .$asTuple("refresh_token_hash", "service_id"),
          ),
        ),
    ),
  ];
}

function signInQueries(db: Kysely<Schema>) {
  return [
    prepared(({ now, limit }: Batch) =>
      db
        .deleteFrom("nonces")
        .where("nonce_hash", "in", (expired) =>
          expired.selectFrom("nonces").select("nonce_hash").where("expires_at", "<=", now).limit(limit),
        ),
    ),
    prepared(({ now, limit }: Batch) =>
      db
        .deleteFrom("transactions")
        .where("handle_hash", "in", (expired) =>
          expired
            .selectFrom("transactions")
            .select("handle_hash")
            .where("expires_at", "<=", now)
            .limit(limit),
        ),
    ),
    prepared(({ now, limit }: Batch) =>
      db
        .deleteFrom("sessions")
        .where("id_hash", "in", (expired) =>
          expired.selectFrom("sessions").select("id_hash").where("expires_at", "<=", now).limit(limit),
        ),
    ),
  ];
}
