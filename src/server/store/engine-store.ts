import type { EngineReader, EngineStore, EngineWriter } from "../engine/ports.ts";
import { type ArtifactStore, createArtifactStore } from "./artifact-store.ts";
import type { ClientStore } from "./client-store.ts";
import type { Connection, Database, Transaction } from "./database.ts";
import type { Seals } from "./documents.ts";
import { createGrantStore, type GrantStore } from "./grant-store.ts";
import type { ServiceStore } from "./service-store.ts";
import { createSigningKeyStore, type SigningKeyStore } from "./signing-key-store.ts";
import { createTokenFilters, type TokenFilters } from "./token-filter.ts";
import { type TokenQueries, tokenQueries } from "./token-queries.ts";
import { spentRecord, spentRow, ticketRecord, ticketRow, tokenRecord, tokenRow } from "./token-row.ts";

type Parts = {
  services: ServiceStore;
  clients: ClientStore;
  artifacts: ArtifactStore;
  grants: GrantStore;
  tokens: TokenFilters;
  signingKeys: SigningKeyStore;
  queries: TokenQueries;
};

/** Makes the store of the embedded engine. */
export function createEngineStore(
  database: Database,
  documents: Pick<Parts, "services" | "clients">,
  seals: Seals,
): EngineStore {
  const parts: Parts = {
    ...documents,
    artifacts: createArtifactStore(database),
    grants: createGrantStore(database),
    tokens: createTokenFilters(database),
    signingKeys: createSigningKeyStore(database, seals),
    queries: tokenQueries(database.builder),
  };
  return {
    read: engineReader(database.read, parts),
    write: (work) => database.write((transaction) => work(engineWriter(transaction, parts))),
  };
}

function engineReader(connection: Connection, parts: Parts): EngineReader {
  const { services, clients, artifacts, grants, tokens, queries } = parts;
  return {
    ...artifacts.reader(connection),
    ...grants.reader(connection),
    ...tokens.reader(connection),
    ...parts.signingKeys.reader(connection),
    findService: (serviceId) => services.find(connection, serviceId),
    findClient: (serviceId, identifier) => clients.find(connection, serviceId, identifier),
    listClients: (serviceId, filter, page) => clients.list(connection, { serviceId, filter, page }),
    countClients: (serviceId, filter) => clients.count(connection, { serviceId, filter }),
    async findTicket(ticketHash) {
      const row = await connection.first(queries.findTicket, { ticket_hash: ticketHash });
      return row && ticketRecord(row);
    },
    async findToken(serviceId, tokenId) {
      const row = await connection.first(queries.findToken, { service_id: serviceId, id: tokenId });
      return row && tokenRecord(row);
    },
    async findByAccessToken(serviceId, accessTokenHash) {
      const key = { service_id: serviceId, access_token_hash: accessTokenHash };
      const row = await connection.first(queries.findByAccessToken, key);
      return row && tokenRecord(row);
    },
    async findByRefreshToken(serviceId, refreshTokenHash) {
      const key = { service_id: serviceId, refresh_token_hash: refreshTokenHash };
      const row = await connection.first(queries.findByRefreshToken, key);
      return row && tokenRecord(row);
    },
    async findSpentRefreshToken(serviceId, refreshTokenHash) {
      const key = { service_id: serviceId, refresh_token_hash: refreshTokenHash };
      const row = await connection.first(queries.findSpent, key);
      return row && spentRecord(row);
    },
  };
}

function engineWriter(transaction: Transaction, parts: Parts): EngineWriter {
  const { services, clients, artifacts, grants, tokens } = parts;
  const reader = engineReader(transaction, parts);
  return {
    ...reader,
    // Whoever looks for a token here is about to change it: those who come at once take turns.
    async findToken(serviceId, tokenId) {
      await transaction.lock(JSON.stringify(["token", serviceId, tokenId]));
      return reader.findToken(serviceId, tokenId);
    },
    ...artifacts.writer(transaction),
    ...grants.writer(transaction),
    ...tokens.writer(transaction),
    ...parts.signingKeys.writer(transaction),
    ...tokenWriter(transaction, parts.queries),
    insertClient: (serviceId, client) => clients.insert(transaction, serviceId, client),
    replaceClient: (serviceId, client) => clients.replace(transaction, serviceId, client),
    deleteClient: (serviceId, clientId) => clients.remove(transaction, serviceId, clientId),
    lockService: (serviceId) => services.lock(transaction, serviceId),
    replaceService: (serviceId, service) => services.replace(transaction, serviceId, service),
  };
}

type TokenWriter = Pick<
  EngineWriter,
  | "insertTicket"
  | "consumeTicket"
  | "insertToken"
  | "replaceToken"
  | "updateToken"
  | "insertSpentRefreshToken"
  | "deleteToken"
  | "deleteTokensOf"
>;

function tokenWriter(transaction: Transaction, queries: TokenQueries): TokenWriter {
  return {
    async insertTicket(ticket) {
      await transaction.run(queries.insertTicket, ticketRow(ticket));
    },
    async consumeTicket(ticketHash) {
      return (await transaction.run(queries.consumeTicket, { ticket_hash: ticketHash })) === 1;
    },
    async insertToken(token) {
      return (await transaction.run(queries.insertToken, tokenRow(token))) === 1;
    },
    async replaceToken(refreshTokenHash, token) {
      const change = { ...tokenRow(token), spent_hash: refreshTokenHash };
      return (await transaction.run(queries.replaceToken, change)) === 1;
    },
    async updateToken(accessTokenHash, token) {
      const change = { ...tokenRow(token), known_hash: accessTokenHash };
      return (await transaction.run(queries.updateToken, change)) === 1;
    },
    async insertSpentRefreshToken(spent) {
      await transaction.run(queries.insertSpent, spentRow(spent));
    },
    async deleteToken(serviceId, tokenId) {
      return (await transaction.run(queries.deleteToken, { service_id: serviceId, id: tokenId })) === 1;
    },
    async deleteTokensOf(serviceId, clientId, subject) {
      // Where one token is to take the place of all others, two new ones must not miss each other.
      await transaction.lock(JSON.stringify(["tokens", serviceId, clientId, subject]));
      return transaction.run(queries.deleteTokensOf, {
        service_id: serviceId,
        client_id: clientId,
        subject,
      });
    },
  };
}
