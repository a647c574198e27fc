import type { Kysely } from "kysely";
import type { AccountToken, AccountTokenPurpose, AccountTokenStore } from "../account/ports.ts";
import type { Database } from "./database.ts";
import { prepared } from "./prepared.ts";
import type { AccountTokenRow, Schema } from "./schema.ts";

/** Makes the store of links that are mailed to end-users. */
export function createAccountTokenStore(database: Database): AccountTokenStore {
  const queries = tokenQueries(database.builder);
  return {
    async insert(token) {
      const row = tokenRow(token);
      await database.writeOne((connection) => connection.run(queries.insert, row));
    },
    async find({ tokenHash, ...key }) {
      const row = await database.read.first(queries.find, { token_hash: tokenHash, ...key });
      return row && tokenRecord(row);
    },
    async consume({ tokenHash, ...key }) {
      const row = await database.writeOne((connection) =>
        connection.first(queries.consume, { token_hash: tokenHash, ...key }),
      );
      return row && tokenRecord(row);
    },
  };
}

function tokenRow(token: AccountToken): AccountTokenRow {
  return {
    token_hash: token.tokenHash,
    purpose: token.purpose,
    subject: token.subject ?? null,
    email: token.email,
    sealed: token.sealed ?? null,
    created_at: token.createdAt,
    expires_at: token.expiresAt,
  };
}

function tokenRecord(row: AccountTokenRow): AccountToken {
  return {
    tokenHash: row.token_hash,
    purpose: row.purpose as AccountTokenPurpose,
    subject: row.subject ?? undefined,
    email: row.email,
    sealed: row.sealed ?? undefined,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  };
}

type Key = { token_hash: string; purpose: string; now: number };

function tokenQueries(db: Kysely<Schema>) {
  return {
    insert: prepared((row: AccountTokenRow) =>
      db.insertInto("account_tokens").values({
        token_hash: row.token_hash,
        purpose: row.purpose,
        subject: row.subject,
        email: row.email,
        sealed: row.sealed,
        created_at: row.created_at,
        expires_at: row.expires_at,
      }),
    ),
    find: prepared((key: Key) =>
      db
        .selectFrom("account_tokens")
        .selectAll()
        .where("token_hash", "=", key.token_hash)
        .where("purpose", "=", key.purpose)
        .where("expires_at", ">", key.now),
    ),
    consume: prepared((key: Key) =>
      db
        .deleteFrom("account_tokens")
        .where("token_hash", "=", key.token_hash)
        .where("purpose", "=", key.purpose)
        .where("expires_at", ">", key.now)
        .returningAll(),
    ),
  };
}
