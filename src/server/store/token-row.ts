import { grantTypeSchema } from "../authlete/enumerations.ts";
import type { AccessToken, SpentRefreshToken, TokenTicket } from "../engine/records.ts";
import type { SpentRefreshTokenRow, TokenRow, TokenTicketRow } from "./schema.ts";

/** Records of the engine as rows, and back. */

export function ticketRow(ticket: TokenTicket): TokenTicketRow {
  return {
    ticket_hash: ticket.ticketHash,
    service_id: ticket.serviceId,
    client_id: ticket.clientId,
    client_id_alias: ticket.clientIdAlias ?? null,
    client_id_alias_used: ticket.clientIdAliasUsed ? 1 : 0,
    scopes: JSON.stringify(ticket.scopes),
    resources: JSON.stringify(ticket.resources),
    details: JSON.stringify(ticket.details),
    created_at: ticket.createdAt,
    expires_at: ticket.expiresAt,
  };
}

export function ticketRecord(row: TokenTicketRow): TokenTicket {
  return {
    ticketHash: row.ticket_hash,
    serviceId: row.service_id,
    clientId: row.client_id,
    clientIdAlias: row.client_id_alias ?? undefined,
    clientIdAliasUsed: row.client_id_alias_used === 1,
    scopes: JSON.parse(row.scopes) as string[],
    resources: JSON.parse(row.resources) as string[],
    details: JSON.parse(row.details) as TokenTicket["details"],
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  };
}

export function tokenRow(token: AccessToken): TokenRow {
  return {
    id: token.id,
    service_id: token.serviceId,
    access_token_hash: token.accessTokenHash,
    access_token_expires_at: token.accessTokenExpiresAt,
    access_token_duration: token.accessTokenDuration,
    refresh_token_hash: token.refreshTokenHash ?? null,
    refresh_token_expires_at: token.refreshTokenExpiresAt ?? null,
    refresh_token_duration: token.refreshTokenDuration ?? null,
    refresh_token_scopes: token.refreshTokenScopes ? JSON.stringify(token.refreshTokenScopes) : null,
    client_id: token.clientId,
    client_id_alias_used: token.clientIdAliasUsed ? 1 : 0,
    subject: token.subject ?? null,
    grant_type: token.grantType,
    scopes: JSON.stringify(token.scopes),
    properties: JSON.stringify(token.properties),
    resources: JSON.stringify(token.resources),
    access_token_resources: JSON.stringify(token.accessTokenResources),
    jwt_at_claims: token.jwtAtClaims ?? null,
    session_id: token.sessionId ?? null,
    grant_id: token.grantId ?? null,
    details: JSON.stringify(token.details),
    created_at: token.createdAt,
    ends_at: Math.max(token.accessTokenExpiresAt, token.refreshTokenExpiresAt ?? 0),
  };
}

export function tokenRecord(row: TokenRow): AccessToken {
  return {
    id: row.id,
    serviceId: row.service_id,
    accessTokenHash: row.access_token_hash,
    accessTokenExpiresAt: row.access_token_expires_at,
    accessTokenDuration: row.access_token_duration,
    refreshTokenHash: row.refresh_token_hash ?? undefined,
    refreshTokenExpiresAt: row.refresh_token_expires_at ?? undefined,
    refreshTokenDuration: row.refresh_token_duration ?? undefined,
    refreshTokenScopes:
      row.refresh_token_scopes === null ? undefined : (JSON.parse(row.refresh_token_scopes) as string[]),
    clientId: row.client_id,
    clientIdAliasUsed: row.client_id_alias_used === 1,
    subject: row.subject ?? undefined,
    grantType: grantTypeSchema.parse(row.grant_type),
    scopes: JSON.parse(row.scopes) as string[],
    properties: JSON.parse(row.properties) as AccessToken["properties"],
    resources: JSON.parse(row.resources) as string[],
    accessTokenResources: JSON.parse(row.access_token_resources) as string[],
    jwtAtClaims: row.jwt_at_claims ?? undefined,
    sessionId: row.session_id ?? undefined,
    grantId: row.grant_id ?? undefined,
    details: JSON.parse(row.details) as AccessToken["details"],
    createdAt: row.created_at,
  };
}

export function spentRow(spent: SpentRefreshToken): SpentRefreshTokenRow {
  return {
    service_id: spent.serviceId,
    refresh_token_hash: spent.refreshTokenHash,
    token_id: spent.tokenId,
    spent_at: spent.spentAt,
    expires_at: spent.expiresAt,
    sealed_answer: spent.sealedAnswer ?? null,
  };
}

export function spentRecord(row: SpentRefreshTokenRow): SpentRefreshToken {
  return {
    refreshTokenHash: row.refresh_token_hash,
    serviceId: row.service_id,
    tokenId: row.token_id,
    spentAt: row.spent_at,
    expiresAt: row.expires_at,
    sealedAnswer: row.sealed_answer ?? undefined,
  };
}
