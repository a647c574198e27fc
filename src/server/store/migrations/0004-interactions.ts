import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";

/** Authorization requests that wait for a person, and the clients that know of a session. */
export const interactions: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await createInteractions(db);
    await createSessionClients(db);
  },
};

async function createInteractions(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("interactions")
    .addColumn("handle_hash", "text", (column) => column.primaryKey())
    .addColumn("owner_hash", "text", (column) => column.notNull())
    .addColumn("state", "text", (column) => column.notNull())
    .addColumn("sealed", "text", (column) => column.notNull())
    .addColumn("chosen_subject", "text")
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .addColumn("usable_until", "bigint", (column) => column.notNull())
    .addColumn("expires_at", "bigint", (column) => column.notNull())
    .execute();
  await db.schema
    .createIndex("interactions_by_expires_at")
    .on("interactions")
    .columns(["expires_at"])
    .execute();
}

async function createSessionClients(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("session_clients")
    .addColumn("session_hash", "text", (column) => column.notNull())
    .addColumn("client_id", "text", (column) => column.notNull())
    .addColumn("subject", "text", (column) => column.notNull())
    .addColumn("sid", "text", (column) => column.notNull().unique())
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .addColumn("expires_at", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("session_clients_pk", ["session_hash", "client_id"])
    .execute();
  await db.schema
    .createIndex("session_clients_by_expires_at")
    .on("session_clients")
    .columns(["expires_at"])
    .execute();
}
