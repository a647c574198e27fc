import type { Kysely } from "kysely";
import { prepared } from "./prepared.ts";
import type { Schema, SpentRefreshTokenRow, TokenRow, TokenTicketRow } from "./schema.ts";

type ByRefreshToken = { service_id: string; refresh_token_hash: string };

/** The engine's queries over tickets and tokens, compiled once for each store. */
export function tokenQueries(db: Kysely<Schema>) {
  return { ...ticketQueries(db), ...accessTokenQueries(db), ...spentQueries(db) };
}

export type TokenQueries = ReturnType<typeof tokenQueries>;

function ticketQueries(db: Kysely<Schema>) {
  return {
    findTicket: prepared((key: { ticket_hash: string }) =>
      db.selectFrom("token_tickets").selectAll().where("ticket_hash", "=", key.ticket_hash),
    ),
    consumeTicket: prepared((key: { ticket_hash: string }) =>
      db.deleteFrom("token_tickets").where("ticket_hash", "=", key.ticket_hash),
    ),
    insertTicket: prepared((row: TokenTicketRow) =>
      db.insertInto("token_tickets").values({
        ticket_hash: row.ticket_hash,
        service_id: row.service_id,
        client_id: row.client_id,
        client_id_alias: row.client_id_alias,
        client_id_alias_used: row.client_id_alias_used,
        scopes: row.scopes,
        resources: row.resources,
        details: row.details,
        created_at: row.created_at,
        expires_at: row.expires_at,
      }),
    ),
  };
}

/** Every column that a refresh may change, and so all but the key. */
function changeable(row: TokenRow) {
  return {
    access_token_hash: row.access_token_hash,
    access_token_expires_at: row.access_token_expires_at,
    access_token_duration: row.access_token_duration,
    refresh_token_hash: row.refresh_token_hash,
    refresh_token_expires_at: row.refresh_token_expires_at,
    refresh_token_duration: row.refresh_token_duration,
    refresh_token_scopes: row.refresh_token_scopes,
    client_id: row.client_id,
    client_id_alias_used: row.client_id_alias_used,
    subject: row.subject,
    grant_type: row.grant_type,
    scopes: row.scopes,
    properties: row.properties,
    resources: row.resources,
    access_token_resources: row.access_token_resources,
    jwt_at_claims: row.jwt_at_claims,
    session_id: row.session_id,
    grant_id: row.grant_id,
    details: row.details,
    created_at: row.created_at,
    ends_at: row.ends_at,
  };
}

function accessTokenQueries(db: Kysely<Schema>) {
  return {
    findByAccessToken: prepared((key: { service_id: string; access_token_hash: string }) =>
      db
        .selectFrom("tokens")
        .selectAll()
        .where("access_token_hash", "=", key.access_token_hash)
        .where("service_id", "=", key.service_id),
    ),
    findToken: prepared((key: { service_id: string; id: string }) =>
      db.selectFrom("tokens").selectAll().where("id", "=", key.id).where("service_id", "=", key.service_id),
    ),
    findByRefreshToken: prepared((key: ByRefreshToken) =>
      db
        .selectFrom("tokens")
        .selectAll()
        .where("refresh_token_hash", "=", key.refresh_token_hash)
        .where("service_id", "=", key.service_id),
    ),
    insertToken: prepared((row: TokenRow) =>
      db
        .insertInto("tokens")
        .values({ id: row.id, service_id: row.service_id, ...changeable(row) })
        .onConflict((conflict) => conflict.doNothing()),
    ),
    replaceToken: prepared((change: TokenRow & { spent_hash: string }) =>
      db
        .updateTable("tokens")
        .set(changeable(change))
        .where("id", "=", change.id)
        .where("service_id", "=", change.service_id)
        .where("refresh_token_hash", "=", change.spent_hash),
    ),
    updateToken: prepared((change: TokenRow & { known_hash: string }) =>
      db
        .updateTable("tokens")
        .set(changeable(change))
        .where("id", "=", change.id)
        .where("service_id", "=", change.service_id)
        .where("access_token_hash", "=", change.known_hash),
    ),
    deleteToken: prepared((key: { service_id: string; id: string }) =>
      db.deleteFrom("tokens").where("id", "=", key.id).where("service_id", "=", key.service_id),
    ),
    deleteTokensOf: prepared((key: { service_id: string; client_id: number; subject: string }) =>
      db
        .deleteFrom("tokens")
        .where("service_id", "=", key.service_id)
        .where("client_id", "=", key.client_id)
        .where("subject", "=", key.subject),
    ),
  };
}

function spentQueries(db: Kysely<Schema>) {
  return {
    findSpent: prepared((key: ByRefreshToken) =>
      db
        .selectFrom("spent_refresh_tokens")
        .selectAll()
        .where("refresh_token_hash", "=", key.refresh_token_hash)
        .where("service_id", "=", key.service_id),
    ),
    insertSpent: prepared((row: SpentRefreshTokenRow) =>
      db.insertInto("spent_refresh_tokens").values({
        service_id: row.service_id,
        refresh_token_hash: row.refresh_token_hash,
        token_id: row.token_id,
        spent_at: row.spent_at,
        expires_at: row.expires_at,
        sealed_answer: row.sealed_answer,
      }),
    ),
  };
}
