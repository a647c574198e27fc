import type { Kysely } from "kysely";
import type { SessionStore } from "../session/ports.ts";
import type { Session } from "../session/records.ts";
import type { Database } from "./database.ts";
import { readMethods, writeMethods } from "./methods.ts";
import { prepared } from "./prepared.ts";
import type { Schema, SessionRow } from "./schema.ts";

/** Makes the store of signed-in browsers. */
export function createSessionStore(database: Database): SessionStore {
  const queries = sessionQueries(database.builder);
  return {
    async insert(session) {
      const row = sessionRow(session);
      await database.writeOne((connection) => connection.run(queries.insert, row));
    },
    async find(idHash) {
      const row = await database.read.first(queries.find, { id_hash: idHash });
      return row && sessionRecord(row);
    },
    async touch(idHash, now) {
      await database.writeOne((connection) => connection.run(queries.touch, { id_hash: idHash, now }));
    },
    async leaseRefresh({ idHash, tokenVersion, now, leaseUntil }) {
      const lease = { id_hash: idHash, token_version: tokenVersion, now, lease_until: leaseUntil };
      return (await database.writeOne((connection) => connection.run(queries.leaseRefresh, lease))) === 1;
    },
    async replaceTokens(idHash, tokenVersion, tokens) {
      const change = {
        id_hash: idHash,
        token_version: tokenVersion,
        next_version: tokenVersion + 1,
        sealed_tokens: tokens.sealedTokens,
        access_token_expires_at: tokens.accessTokenExpiresAt,
        scopes: JSON.stringify(tokens.scopes),
      };
      return (await database.writeOne((connection) => connection.run(queries.replaceTokens, change))) === 1;
    },
    async remove(idHash) {
      const row = await database.writeOne((connection) =>
        connection.first(queries.remove, { id_hash: idHash }),
      );
      return row && sessionRecord(row);
    },
    async removeOthers(subject, exceptIdHash) {
      const key = { subject, id_hash: exceptIdHash };
      const rows = await database.writeOne((connection) => connection.all(queries.removeOthers, key));
      return rows.map(sessionRecord);
    },
  };
}

function sessionRow(session: Session): SessionRow {
  return {
    id_hash: session.idHash,
    subject: session.subject,
    client_id: session.clientId,
    scopes: JSON.stringify(session.scopes),
    sealed_tokens: session.sealedTokens,
    token_version: session.tokenVersion,
    access_token_expires_at: session.accessTokenExpiresAt,
    authenticated_at: session.authenticatedAt,
    last_seen_at: session.lastSeenAt,
    expires_at: session.expiresAt,
    trip: session.trip,
    methods: writeMethods(session.methods),
    refresh_leased_until: 0,
  };
}

function sessionRecord(row: SessionRow): Session {
  return {
    idHash: row.id_hash,
    subject: row.subject,
    clientId: row.client_id,
    scopes: JSON.parse(row.scopes) as string[],
    sealedTokens: row.sealed_tokens,
    tokenVersion: row.token_version,
    accessTokenExpiresAt: row.access_token_expires_at,
    authenticatedAt: row.authenticated_at,
    lastSeenAt: row.last_seen_at,
    expiresAt: row.expires_at,
    trip: row.trip,
    methods: readMethods(row.methods),
  };
}

type Lease = { id_hash: string; token_version: number; now: number; lease_until: number };

type Replacement = {
  id_hash: string;
  token_version: number;
  next_version: number;
  sealed_tokens: string;
  access_token_expires_at: number;
  scopes: string;
};

function sessionQueries(db: Kysely<Schema>) {
  return {
    insert: prepared((row: SessionRow) =>
      db.insertInto("sessions").values({
        id_hash: row.id_hash,
        subject: row.subject,
        client_id: row.client_id,
        scopes: row.scopes,
        sealed_tokens: row.sealed_tokens,
        token_version: row.token_version,
        access_token_expires_at: row.access_token_expires_at,
        authenticated_at: row.authenticated_at,
        last_seen_at: row.last_seen_at,
        expires_at: row.expires_at,
        trip: row.trip,
        methods: row.methods,
        refresh_leased_until: row.refresh_leased_until,
      }),
    ),
    find: prepared((key: { id_hash: string }) =>
      db.selectFrom("sessions").selectAll().where("id_hash", "=", key.id_hash),
    ),
    touch: prepared((use: { id_hash: string; now: number }) =>
      db
        .updateTable("sessions")
        .set({ last_seen_at: use.now })
        .where("id_hash", "=", use.id_hash)
        .where("last_seen_at", "<", use.now),
    ),
    leaseRefresh: prepared((lease: Lease) =>
      db
        .updateTable("sessions")
        .set({ refresh_leased_until: lease.lease_until })
        .where("id_hash", "=", lease.id_hash)
        .where("token_version", "=", lease.token_version)
        .where("refresh_leased_until", "<=", lease.now),
    ),
    replaceTokens: prepared((change: Replacement) =>
      db
        .updateTable("sessions")
        .set({
          sealed_tokens: change.sealed_tokens,
          access_token_expires_at: change.access_token_expires_at,
          scopes: change.scopes,
          token_version: change.next_version,
          refresh_leased_until: 0,
        })
        .where("id_hash", "=", change.id_hash)
        .where("token_version", "=", change.token_version),
    ),
    remove: prepared((key: { id_hash: string }) =>
      db.deleteFrom("sessions").where("id_hash", "=", key.id_hash).returningAll(),
    ),
    removeOthers: prepared((key: { subject: string; id_hash: string }) =>
      db
        .deleteFrom("sessions")
        .where("subject", "=", key.subject)
        .where("id_hash", "!=", key.id_hash)
        .returningAll(),
    ),
  };
}
