import type { EngineReader, EngineStore, EngineWriter } from "../engine/ports.ts";
import type { ClientStore } from "./client-store.ts";
import type { Connection, Database } from "./database.ts";
import type { ServiceStore } from "./service-store.ts";
import { type TokenQueries, tokenQueries } from "./token-queries.ts";
import { spentRecord, spentRow, ticketRecord, ticketRow, tokenRecord, tokenRow } from "./token-row.ts";

type Documents = { services: ServiceStore; clients: ClientStore };

/** Makes the store of the embedded engine. */
export function createEngineStore(database: Database, documents: Documents): EngineStore {
  const queries = tokenQueries(database.builder);
  return {
    read: engineReader(database.read, queries, documents),
    write: (work) => database.write((connection) => work(engineWriter(connection, queries, documents))),
  };
}

function engineReader(
  connection: Connection,
  queries: TokenQueries,
  { services, clients }: Documents,
): EngineReader {
  return {
    findService: (serviceId) => services.find(connection, serviceId),
    findClient: (serviceId, identifier) => clients.find(connection, serviceId, identifier),
    async findTicket(ticketHash) {
      const row = await connection.first(queries.findTicket, { ticket_hash: ticketHash });
      return row && ticketRecord(row);
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

function engineWriter(connection: Connection, queries: TokenQueries, documents: Documents): EngineWriter {
  return {
    ...engineReader(connection, queries, documents),
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
