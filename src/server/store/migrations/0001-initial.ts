import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

/** The tables of the first release. */
export const initial: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await createDocuments(db);
    await createTokens(db);
    await createSignIns(db);
    await createAccounts(db);
  },
};

async function createDocuments(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("store_facts")
    .addColumn("name", "text", (column) => column.primaryKey())
    .addColumn("value", "text", (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("services")
    .addColumn("service_id", "text", (column) => column.primaryKey())
    .addColumn("document", "text", (column) => column.notNull())
    .addColumn("sealed", "text", (column) => column.notNull())
    .addColumn("revision", "text", (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("clients")
    .addColumn("service_id", "text", (column) => column.notNull().references("services.service_id"))
    .addColumn("client_id", "bigint", (column) => column.notNull())
    .addColumn("alias", "text")
    .addColumn("document", "text", (column) => column.notNull())
    .addColumn("sealed", "text", (column) => column.notNull())
    .addColumn("revision", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("clients_pk", ["service_id", "client_id"])
    .addUniqueConstraint("clients_alias", ["service_id", "alias"])
    .execute();
}

async function createTokens(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("token_tickets")
    .addColumn("ticket_hash", "text", (column) => column.primaryKey())
    .addColumn("service_id", "text", (column) => column.notNull())
    .addColumn("client_id", "bigint", (column) => column.notNull())
    .addColumn("client_id_alias", "text")
    .addColumn("client_id_alias_used", "integer", (column) => column.notNull())
    .addColumn("scopes", "text", (column) => column.notNull())
    .addColumn("resources", "text", (column) => column.notNull())
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .addColumn("expires_at", "bigint", (column) => column.notNull())
    .execute();
  await index(db, "token_tickets", ["expires_at"]);
  await db.schema
    .createTable("tokens")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("service_id", "text", (column) => column.notNull())
    .addColumn("access_token_hash", "text", (column) => column.notNull())
    .addColumn("access_token_expires_at", "bigint", (column) => column.notNull())
    .addColumn("access_token_duration", "bigint", (column) => column.notNull())
    .addColumn("refresh_token_hash", "text")
    .addColumn("refresh_token_expires_at", "bigint")
    .addColumn("refresh_token_duration", "bigint")
    .addColumn("refresh_token_scopes", "text")
    .addColumn("client_id", "bigint", (column) => column.notNull())
    .addColumn("client_id_alias_used", "integer", (column) => column.notNull())
    .addColumn("subject", "text")
    .addColumn("grant_type", "text", (column) => column.notNull())
    .addColumn("scopes", "text", (column) => column.notNull())
    .addColumn("properties", "text", (column) => column.notNull())
    .addColumn("resources", "text", (column) => column.notNull())
    .addColumn("access_token_resources", "text", (column) => column.notNull())
    .addColumn("jwt_at_claims", "text")
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .addColumn("ends_at", "bigint", (column) => column.notNull())
    .addUniqueConstraint("tokens_access_token", ["access_token_hash", "service_id"])
    .execute();
  await index(db, "tokens", ["ends_at"]);
  await db.schema
    .createIndex("tokens_refresh_token")
    .unique()
    .on("tokens")
    .columns(["refresh_token_hash", "service_id"])
    .where(sql.ref("refresh_token_hash"), "is not", null)
    .execute();
  await db.schema
    .createIndex("tokens_of_subject")
    .on("tokens")
    .columns(["service_id", "client_id", "subject"])
    .where(sql.ref("subject"), "is not", null)
    .execute();
  await db.schema
    .createTable("spent_refresh_tokens")
    .addColumn("service_id", "text", (column) => column.notNull())
    .addColumn("refresh_token_hash", "text", (column) => column.notNull())
    .addColumn("token_id", "text", (column) => column.notNull())
    .addColumn("spent_at", "bigint", (column) => column.notNull())
    .addColumn("expires_at", "bigint", (column) => column.notNull())
    .addColumn("sealed_answer", "text")
    .addPrimaryKeyConstraint("spent_refresh_tokens_pk", ["refresh_token_hash", "service_id"])
    .execute();
  await index(db, "spent_refresh_tokens", ["expires_at"]);
}

async function createSignIns(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("transactions")
    .addColumn("handle_hash", "text", (column) => column.primaryKey())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("owner_hash", "text", (column) => column.notNull())
    .addColumn("state", "text", (column) => column.notNull())
    .addColumn("sealed_ticket", "text", (column) => column.notNull())
    .addColumn("subject", "text")
    .addColumn("client_id", "text", (column) => column.notNull())
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .addColumn("expires_at", "bigint", (column) => column.notNull())
    .execute();
  await index(db, "transactions", ["expires_at"]);
  await db.schema
    .createTable("sessions")
    .addColumn("id_hash", "text", (column) => column.primaryKey())
    .addColumn("subject", "text", (column) => column.notNull())
    .addColumn("client_id", "text", (column) => column.notNull())
    .addColumn("scopes", "text", (column) => column.notNull())
    .addColumn("sealed_tokens", "text", (column) => column.notNull())
    .addColumn("token_version", "integer", (column) => column.notNull())
    .addColumn("access_token_expires_at", "bigint", (column) => column.notNull())
    .addColumn("authenticated_at", "bigint", (column) => column.notNull())
    .addColumn("last_seen_at", "bigint", (column) => column.notNull())
    .addColumn("expires_at", "bigint", (column) => column.notNull())
    .addColumn("trip", "text", (column) => column.notNull())
    .addColumn("refresh_leased_until", "bigint", (column) => column.notNull())
    .execute();
  await index(db, "sessions", ["expires_at"]);
  await db.schema
    .createTable("nonces")
    .addColumn("nonce_hash", "text", (column) => column.primaryKey())
    .addColumn("expires_at", "bigint", (column) => column.notNull())
    .execute();
  await index(db, "nonces", ["expires_at"]);
}

async function createAccounts(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("accounts")
    .addColumn("subject", "text", (column) => column.primaryKey())
    .addColumn("username", "text", (column) => column.notNull())
    .addColumn("username_key", "text", (column) => column.notNull().unique())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("password_hash", "text", (column) => column.notNull())
    .execute();
}

async function index(db: Kysely<unknown>, table: string, columns: string[]): Promise<void> {
  await db.schema
    .createIndex(`${table}_by_${columns.join("_")}`)
    .on(table)
    .columns(columns)
    .execute();
}
