import type { EngineReader, EngineStore, EngineWriter } from "../engine/ports.ts";
import { type ArtifactStore, createArtifactStore } from "./artifact-store.ts";
import type { ClientStore } from "./client-store.ts";
import type { Connection, Database } from "./database.ts";
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
    write: (work) => database.write((connection) => work(engineWriter(connection, parts))),
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

function engineWriter(connection: Connection, parts: Parts): EngineWriter {
  const { services, clients, artifacts, grants, tokens } = parts;
  return {
    ...engineReader(connection, parts),
    ...artifacts.writer(connection),
    ...grants.writer(connection),
    ...tokens.writer(connection),
    ...parts.signingKeys.writer(connection),
    ...tokenWriter(connection, parts.queries),
    insertClient: (serviceId, client) => clients.insert(connection, serviceId, client),
    replaceClient: (serviceId, client) => clients.replace(connection, serviceId, client),
    deleteClient: (serviceId, clientId) => clients.remove(connection, serviceId, clientId),
    lockService: (serviceId) => services.lock(connection, serviceId),
    replaceService: (serviceId, service) => services.replace(connection, serviceId, service),
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

function tokenWriter(connection: Connection, queries: TokenQueries): TokenWriter {
  return {
    async insertTicket(ticket) {
      await connection.run(queries.insertTicket, ticketRow(ticket));
    },
    async consumeTicket(ticketHash) {
      return (await connection.run(queries.consumeTicket, { ticket_hash: ticketHash })) === 1;
    },
    async insertToken(token) {
      return (await connection.run(queries.insertToken, tokenRow(token))) === 1;
    },
    async replaceToken(refreshTokenHash, token) {
      const change = { ...tokenRow(token), spent_hash: refreshTokenHash };
      return (await connection.run(queries.replaceToken, change)) === 1;
    },
    async updateToken(accessTokenHash, token) {
      const change = { ...tokenRow(token), known_hash: accessTokenHash };
      return (await connection.run(queries.updateToken, change)) === 1;
    },
    async insertSpentRefreshToken(spent) {
      await connection.run(queries.insertSpent, spentRow(spent));
    },
    async deleteToken(serviceId, tokenId) {
      return (await connection.run(queries.deleteToken, { service_id: serviceId, id: tokenId })) === 1;
    },
    deleteTokensOf: (serviceId, clientId, subject) =>
      connection.run(queries.deleteTokensOf, { service_id: serviceId, client_id: clientId, subject }),
  };
}
