import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

/** What is known of end-users beside their names, and the links that are mailed to them. */
export const accounts: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await extendAccounts(db);
    await createAccountTokens(db);
    await db.schema.createIndex("sessions_of_subject").on("sessions").column("subject").execute();
  },
};

async function extendAccounts(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema.alterTable("accounts").addColumn("email", "text").execute();
  await schema.alterTable("accounts").addColumn("email_key", "text").execute();
  for (const name of ["email_verified", "updated_at", "credentials_changed_at"]) {
    await schema
      .alterTable("accounts")
      .addColumn(name, "bigint", (column) => column.notNull().defaultTo(0))
      .execute();
  }
  await schema
    .alterTable("accounts")
    .addColumn("claims", "text", (column) => column.notNull().defaultTo("{}"))
    .execute();
  await schema
    .createIndex("accounts_by_email")
    .unique()
    .on("accounts")
    .column("email_key")
    .where(sql.ref("email_key"), "is not", null)
    .execute();
}

async function createAccountTokens(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("account_tokens")
    .addColumn("token_hash", "text", (column) => column.primaryKey())
    .addColumn("purpose", "text", (column) => column.notNull())
    .addColumn("subject", "text")
    .addColumn("email", "text", (column) => column.notNull())
    .addColumn("sealed", "text")
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .addColumn("expires_at", "bigint", (column) => column.notNull())
    .execute();
  await db.schema
    .createIndex("account_tokens_by_expires_at")
    .on("account_tokens")
    .column("expires_at")
    .execute();
  await db.schema
    .createIndex("account_tokens_of_subject")
    .on("account_tokens")
    .column("subject")
    .where(sql.ref("subject"), "is not", null)
    .execute();
}
