import type { Kysely } from "kysely";
import type { ProfileClaims } from "../account/claims.ts";
import { emailKey } from "../account/email.ts";
import type { Account, AccountStore } from "../account/ports.ts";
import { normaliseUsername } from "../account/username.ts";
import type { Database } from "./database.ts";
import { prepared } from "./prepared.ts";
import type { AccountRow, Schema } from "./schema.ts";

/** Makes the store of end-users. */
export function createAccountStore(database: Database): AccountStore {
  const queries = accountQueries(database.builder);
  return {
    async findByUsername(username) {
      const key = normaliseUsername(username);
      if (key === undefined) return undefined;
      const row = await database.read.first(queries.findByUsername, { username_key: key });
      return row && accountRecord(row);
    },
    async findBySubject(subject) {
      const row = await database.read.first(queries.findBySubject, { subject });
      return row && accountRecord(row);
    },
    async findByEmail(email) {
      const key = emailKey(email);
      if (key === undefined) return undefined;
      const row = await database.read.first(queries.findByEmail, { email_key: key });
      return row && accountRecord(row);
    },
    async insert(account) {
      const row = accountRow(account);
      return (await database.writeOne((connection) => connection.run(queries.insert, row))) === 1;
    },
    async changePassword({ subject, ...change }) {
      return database.write(async (transaction) => {
        if ((await transaction.run(queries.changePassword, { subject, ...change })) !== 1) return undefined;
        await transaction.run(queries.removeResets, { subject });
        const ended = await transaction.all(queries.removeSessions, { subject });
        return ended.map((row) => ({ idHash: row.id_hash, sealedTokens: row.sealed_tokens }));
      });
    },
    async noteCredentialsChange(subject, at) {
      await database.writeOne((connection) => connection.run(queries.noteChange, { subject, at }));
    },
    async verifyEmail(subject, email, at) {
      const key = emailKey(email);
      if (key === undefined) return false;
      const change = { subject, email_key: key, at };
      return (await database.writeOne((connection) => connection.run(queries.verifyEmail, change))) === 1;
    },
  };
}

function accountRow(account: Account): AccountRow {
  const key = normaliseUsername(account.username);
  if (key === undefined) throw new TypeError("The user name cannot be stored.");
  return {
    subject: account.subject,
    username: account.username,
    username_key: key,
    name: account.name,
    password_hash: account.passwordHash,
    ...emailColumns(account.email),
    email_verified: account.emailVerified ? 1 : 0,
    claims: JSON.stringify(account.claims),
    updated_at: account.updatedAt,
    credentials_changed_at: account.credentialsChangedAt,
  };
}

function emailColumns(email: string | undefined): Pick<AccountRow, "email" | "email_key"> {
  if (email === undefined) return { email: null, email_key: null };
  const key = emailKey(email);
  if (key === undefined) throw new TypeError("The e-mail address cannot be stored.");
  return { email, email_key: key };
}

function accountRecord(row: AccountRow): Account {
  return {
    subject: row.subject,
    username: row.username,
    name: row.name,
    passwordHash: row.password_hash,
    email: row.email ?? undefined,
    emailVerified: row.email_verified === 1,
    claims: JSON.parse(row.claims) as ProfileClaims,
    updatedAt: row.updated_at,
    credentialsChangedAt: row.credentials_changed_at,
  };
}

type PasswordChange = { subject: string; from: string; to: string; at: number };

function accountQueries(db: Kysely<Schema>) {
  return {
    findByUsername: prepared((key: { username_key: string }) =>
      db.selectFrom("accounts").selectAll().where("username_key", "=", key.username_key),
    ),
    findBySubject: prepared((key: { subject: string }) =>
      db.selectFrom("accounts").selectAll().where("subject", "=", key.subject),
    ),
    findByEmail: prepared((key: { email_key: string }) =>
      db.selectFrom("accounts").selectAll().where("email_key", "=", key.email_key),
    ),
    changePassword: prepared((change: PasswordChange) =>
      db
        .updateTable("accounts")
        .set({ password_hash: change.to, credentials_changed_at: change.at })
        .where("subject", "=", change.subject)
        .where("password_hash", "=", change.from),
    ),
    removeResets: prepared((key: { subject: string }) =>
      db
        .deleteFrom("account_tokens")
        .where("subject", "=", key.subject)
        .where("purpose", "=", "reset-password"),
    ),
    removeSessions: prepared((key: { subject: string }) =>
      db.deleteFrom("sessions").where("subject", "=", key.subject).returning(["id_hash", "sealed_tokens"]),
    ),
    noteChange: prepared((change: { subject: string; at: number }) =>
      db
        .updateTable("accounts")
        .set({ credentials_changed_at: change.at })
        .where("subject", "=", change.subject)
        .where("credentials_changed_at", "<", change.at),
    ),
    verifyEmail: prepared((change: { subject: string; email_key: string; at: number }) =>
      db
        .updateTable("accounts")
        .set({ email_verified: 1, updated_at: change.at })
        .where("subject", "=", change.subject)
        .where("email_key", "=", change.email_key),
    ),
    insert: prepared((row: AccountRow) =>
      db
        .insertInto("accounts")
        .values({
          subject: row.subject,
          username: row.username,
          username_key: row.username_key,
          name: row.name,
          password_hash: row.password_hash,
          email: row.email,
          email_key: row.email_key,
          email_verified: row.email_verified,
          claims: row.claims,
          updated_at: row.updated_at,
          credentials_changed_at: row.credentials_changed_at,
        })
        .onConflict((conflict) => conflict.doNothing()),
    ),
  };
}
