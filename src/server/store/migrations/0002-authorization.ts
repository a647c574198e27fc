import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

/** Authorization requests, codes, grants, and what a token of them knows. */
export const authorization: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await extendTokens(db);
    await extendClients(db);
    await createArtifacts(db);
    await createGrants(db);
    await createSigningKeys(db);
  },
};

async function extendTokens(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("tokens").addColumn("session_id", "text").execute();
  await db.schema.alterTable("tokens").addColumn("grant_id", "text").execute();
  await db.schema
    .alterTable("tokens")
    .addColumn("details", "text", (column) => column.notNull().defaultTo("{}"))
    .execute();
  await db.schema
    .alterTable("token_tickets")
    .addColumn("details", "text", (column) => column.notNull().defaultTo("{}"))
    .execute();
  await db.schema.dropIndex("tokens_of_subject").execute();
  await partialIndex(db, "tokens_of_subject", { columns: ["subject", "client_id", "service_id"] });
  await partialIndex(db, "tokens_of_session", { columns: ["session_id", "service_id"] });
  await partialIndex(db, "tokens_of_grant", { columns: ["grant_id", "service_id"] });
  await db.schema
    .createIndex("tokens_of_client")
    .on("tokens")
    .columns(["client_id", "service_id", "created_at"])
    .execute();
}

async function extendClients(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("clients").addColumn("developer", "text").execute();
  await partialIndex(db, "clients_of_developer", {
    table: "clients",
    columns: ["developer", "service_id", "client_id"],
  });
}

async function createArtifacts(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("artifacts")
    .addColumn("key_hash", "text", (column) => column.notNull())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("alias_hash", "text")
    .addColumn("service_id", "text", (column) => column.notNull())
    .addColumn("client_id", "bigint")
    .addColumn("document", "text", (column) => column.notNull())
    .addColumn("revision", "bigint", (column) => column.notNull())
    .addColumn("spent_at", "bigint")
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .addColumn("expires_at", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("artifacts_pk", ["key_hash", "kind"])
    .execute();
  await db.schema
    .createIndex("artifacts_by_alias")
    .unique()
    .on("artifacts")
    .columns(["alias_hash", "kind"])
    .where(sql.ref("alias_hash"), "is not", null)
    .execute();
  await db.schema.createIndex("artifacts_by_expires_at").on("artifacts").columns(["expires_at"]).execute();
}

async function createGrants(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("granted_scopes")
    .addColumn("service_id", "text", (column) => column.notNull())
    .addColumn("client_id", "bigint", (column) => column.notNull())
    .addColumn("subject", "text", (column) => column.notNull())
    .addColumn("latest", "text", (column) => column.notNull())
    .addColumn("merged", "text", (column) => column.notNull())
    .addColumn("modified_at", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("granted_scopes_pk", ["client_id", "subject", "service_id"])
    .execute();
  await db.schema
    .createTable("grants")
    .addColumn("service_id", "text", (column) => column.notNull())
    .addColumn("grant_id", "text", (column) => column.notNull())
    .addColumn("client_id", "bigint", (column) => column.notNull())
    .addColumn("subject", "text", (column) => column.notNull())
    .addColumn("document", "text", (column) => column.notNull())
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .addColumn("updated_at", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("grants_pk", ["grant_id", "service_id"])
    .execute();
  await db.schema.createIndex("grants_of_client").on("grants").columns(["client_id", "service_id"]).execute();
}

async function createSigningKeys(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("signing_keys")
    .addColumn("service_id", "text", (column) => column.notNull().references("services.service_id"))
    .addColumn("alg", "text", (column) => column.notNull())
    .addColumn("generation", "bigint", (column) => column.notNull())
    .addColumn("kid", "text", (column) => column.notNull())
    .addColumn("sealed", "text", (column) => column.notNull())
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .addColumn("active_at", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("signing_keys_pk", ["service_id", "alg", "generation"])
    .execute();
}

/** An index over the rows that have its first column. */
async function partialIndex(
  db: Kysely<unknown>,
  name: string,
  { table = "tokens", columns }: { table?: string; columns: [string, ...string[]] },
): Promise<void> {
  await db.schema
    .createIndex(name)
    .on(table)
    .columns(columns)
    .where(sql.ref(columns[0]), "is not", null)
    .execute();
}
