import type { Kysely } from "kysely";
import type { DeviceRequesterRecord, DeviceRequesterStore } from "../session/device-requester-store.ts";
import type { Database } from "./database.ts";
import { prepared } from "./prepared.ts";
import type { DeviceRequesterRow, Schema } from "./schema.ts";

/** Makes the store of where devices asked for their codes from. */
export function createDeviceRequesterStore(database: Database): DeviceRequesterStore {
  const queries = requesterQueries(database.builder);
  return {
    async put(requester) {
      await database.writeOne((connection) => connection.run(queries.put, rowOf(requester)));
    },
    async find({ userCodeHash, now }) {
      const row = await database.read.first(queries.find, { user_code_hash: userCodeHash, now });
      return row && recordOf(row);
    },
  };
}

function rowOf(requester: DeviceRequesterRecord): DeviceRequesterRow {
  const { userCodeHash, sealed, createdAt, expiresAt } = requester;
  return { user_code_hash: userCodeHash, sealed, created_at: createdAt, expires_at: expiresAt };
}

function recordOf(row: DeviceRequesterRow): DeviceRequesterRecord {
  const { user_code_hash: userCodeHash, sealed, created_at: createdAt, expires_at: expiresAt } = row;
  return { userCodeHash, sealed, createdAt, expiresAt };
}

function requesterQueries(db: Kysely<Schema>) {
  return {
    put: prepared((row: DeviceRequesterRow) =>
      db
        .insertInto("device_requesters")
        .values({
          user_code_hash: row.user_code_hash,
          sealed: row.sealed,
          created_at: row.created_at,
          expires_at: row.expires_at,
        })
        .onConflict((conflict) =>
          conflict.column("user_code_hash").doUpdateSet((fresh) => ({
            sealed: fresh.ref("excluded.sealed"),
            created_at: fresh.ref("excluded.created_at"),
            expires_at: fresh.ref("excluded.expires_at"),
          })),
        ),
    ),
    find: prepared((key: { user_code_hash: string; now: number }) =>
      db
        .selectFrom("device_requesters")
        .selectAll()
        .where("user_code_hash", "=", key.user_code_hash)
        .where("expires_at", ">", key.now),
    ),
  };
}
