import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";

/** Requests of backchannel authentication that wait for a person. */
export const backchannelRequests: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable("backchannel_requests")
      .addColumn("id", "text", (column) => column.primaryKey())
      .addColumn("subject", "text", (column) => column.notNull())
      .addColumn("sealed", "text", (column) => column.notNull())
      .addColumn("created_at", "bigint", (column) => column.notNull())
      .addColumn("expires_at", "bigint", (column) => column.notNull())
      .execute();
    await db.schema
      .createIndex("backchannel_requests_of_subject")
      .on("backchannel_requests")
      .columns(["subject", "created_at"])
      .execute();
    await db.schema
      .createIndex("backchannel_requests_by_expires_at")
      .on("backchannel_requests")
      .columns(["expires_at"])
      .execute();
  },
};
