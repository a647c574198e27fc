import type { Kysely } from "kysely";
import type { BackchannelRequest, BackchannelStore } from "../session/backchannel-store.ts";
import type { Database } from "./database.ts";
import { prepared } from "./prepared.ts";
import type { BackchannelRequestRow, Schema } from "./schema.ts";

/** Makes the store of requests that wait for a person on another device. */
export function createBackchannelStore(database: Database): BackchannelStore {
  const queries = backchannelQueries(database.builder);
  return {
    async insert(request) {
      await database.writeOne((connection) => connection.run(queries.insert, rowOf(request)));
    },
    async list(subject, now) {
      const rows = await database.read.all(queries.list, { subject, now });
      return rows.map(recordOf);
    },
    async take(key) {
      const row = await database.writeOne((connection) => connection.first(queries.take, key));
      return row && recordOf(row);
    },
  };
}

function rowOf(request: BackchannelRequest): BackchannelRequestRow {
  const { id, subject, sealed, createdAt, expiresAt } = request;
  return { id, subject, sealed, created_at: createdAt, expires_at: expiresAt };
}

function recordOf(row: BackchannelRequestRow): BackchannelRequest {
  const { id, subject, sealed, created_at: createdAt, expires_at: expiresAt } = row;
  return { id, subject, sealed, createdAt, expiresAt };
}

function backchannelQueries(db: Kysely<Schema>) {
  return {
    insert: prepared((row: BackchannelRequestRow) =>
      db.insertInto("backchannel_requests").values({
        id: row.id,
        subject: row.subject,
        sealed: row.sealed,
        created_at: row.created_at,
        expires_at: row.expires_at,
      }),
    ),
    list: prepared((key: { subject: string; now: number }) =>
      db
        .selectFrom("backchannel_requests")
        .selectAll()
        .where("subject", "=", key.subject)
        .where("expires_at", ">", key.now)
        .orderBy("created_at"),
    ),
    take: prepared((key: { id: string; subject: string; now: number }) =>
      db
        .deleteFrom("backchannel_requests")
        .where("id", "=", key.id)
        .where("subject", "=", key.subject)
        .where("expires_at", ">", key.now)
        .returningAll(),
    ),
  };
}
