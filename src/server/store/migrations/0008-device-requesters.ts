import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";

/** Where devices asked for their codes from. */
export const deviceRequesters: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable("device_requesters")
      .addColumn("user_code_hash", "text", (column) => column.primaryKey())
      .addColumn("sealed", "text", (column) => column.notNull())
      .addColumn("created_at", "bigint", (column) => column.notNull())
      .addColumn("expires_at", "bigint", (column) => column.notNull())
      .execute();
    await db.schema
      .createIndex("device_requesters_by_expires_at")
      .on("device_requesters")
      .columns(["expires_at"])
      .execute();
  },
};
