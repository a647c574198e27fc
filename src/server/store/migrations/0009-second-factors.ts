import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";

/** Second factors of people, what of setting one up is to be shown, and how a sign-in was done. */
export const secondFactors: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await createSecondFactors(db);
    await createRecoveryCodes(db);
    await createFactorSetups(db);
    for (const table of ["transactions", "sessions"]) {
      await db.schema
        .alterTable(table)
        .addColumn("methods", "text", (column) => column.notNull().defaultTo("pwd"))
        .execute();
    }
  },
};

async function createSecondFactors(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("second_factors")
    .addColumn("subject", "text", (column) => column.primaryKey())
    .addColumn("id", "text", (column) => column.notNull())
    .addColumn("sealed", "text", (column) => column.notNull())
    .addColumn("last_step", "bigint", (column) => column.notNull())
    .addColumn("enrolled_at", "bigint", (column) => column.notNull())
    .execute();
}

async function createRecoveryCodes(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("recovery_codes")
    .addColumn("subject", "text", (column) => column.notNull())
    .addColumn("code_hash", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("recovery_codes_pk", ["subject", "code_hash"])
    .execute();
}

async function createFactorSetups(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("factor_setups")
    .addColumn("owner_hash", "text", (column) => column.primaryKey())
    .addColumn("subject", "text", (column) => column.notNull())
    .addColumn("sealed", "text", (column) => column.notNull())
    .addColumn("expires_at", "bigint", (column) => column.notNull())
    .execute();
  await db.schema
    .createIndex("factor_setups_by_expires_at")
    .on("factor_setups")
    .columns(["expires_at"])
    .execute();
}
