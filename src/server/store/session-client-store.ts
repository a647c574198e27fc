import type { Kysely } from "kysely";
import type { SessionClient, SessionClientStore } from "../session/session-client-store.ts";
import type { Database } from "./database.ts";
import { prepared } from "./prepared.ts";
import type { Schema, SessionClientRow } from "./schema.ts";

/** Makes the store of the clients that know of sessions. */
export function createSessionClientStore(database: Database): SessionClientStore {
  const queries = sessionClientQueries(database.builder);
  return {
    async note(entry) {
      const row = await database.writeOne((connection) => connection.first(queries.note, rowOf(entry)));
      if (!row) throw new Error("a client was noted, and no row came back");
      return recordOf(row);
    },
    async list(sessionHash) {
      const rows = await database.read.all(queries.list, { session_hash: sessionHash });
      return rows.map(recordOf);
    },
    async take(sessionHash) {
      const rows = await database.writeOne((connection) =>
        connection.all(queries.take, { session_hash: sessionHash }),
      );
      return rows.map(recordOf);
    },
    async findBySid(sid) {
      const row = await database.read.first(queries.findBySid, { sid });
      return row && recordOf(row);
    },
    async carryOver({ from, to, subject, expiresAt }) {
      const change = { from, to, subject, expires_at: expiresAt };
      await database.writeOne((connection) => connection.run(queries.carryOver, change));
    },
  };
}

function rowOf(entry: SessionClient): SessionClientRow {
  return {
    session_hash: entry.sessionHash,
    client_id: entry.clientId,
    subject: entry.subject,
    sid: entry.sid,
    created_at: entry.createdAt,
    expires_at: entry.expiresAt,
  };
}

function recordOf(row: SessionClientRow): SessionClient {
  return {
    sessionHash: row.session_hash,
    clientId: row.client_id,
    subject: row.subject,
    sid: row.sid,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  };
}

type CarryOver = { from: string; to: string; subject: string; expires_at: number };

function sessionClientQueries(db: Kysely<Schema>) {
  return {
    // The update changes nothing: it makes the row that is there already come back.
    note: prepared((row: SessionClientRow) =>
      db
        .insertInto("session_clients")
        .values({
          session_hash: row.session_hash,
          client_id: row.client_id,
          subject: row.subject,
          sid: row.sid,
          created_at: row.created_at,
          expires_at: row.expires_at,
        })
        .onConflict((conflict) =>
          conflict
            .columns(["session_hash", "client_id"])
            .doUpdateSet((set) => ({ sid: set.ref("session_clients.sid") })),
        )
        .returningAll(),
    ),
    list: prepared((key: { session_hash: string }) =>
      db
        .selectFrom("session_clients")
        .selectAll()
        .where("session_hash", "=", key.session_hash)
        .orderBy("client_id"),
    ),
    take: prepared((key: { session_hash: string }) =>
      db.deleteFrom("session_clients").where("session_hash", "=", key.session_hash).returningAll(),
    ),
    findBySid: prepared((key: { sid: string }) =>
      db.selectFrom("session_clients").selectAll().where("sid", "=", key.sid),
    ),
    carryOver: prepared((change: CarryOver) =>
      db
        .updateTable("session_clients")
        .set({ session_hash: change.to, expires_at: change.expires_at })
        .where("session_hash", "=", change.from)
        .where("subject", "=", change.subject),
    ),
  };
}
