import type { Kysely } from "kysely";
import type { EngineReader, EngineWriter } from "../engine/ports.ts";
import type { GrantedScopes, ManagedGrant } from "../engine/records.ts";
import type { Connection, Database, Transaction } from "./database.ts";
import { prepared } from "./prepared.ts";
import type { GrantedScopesRow, GrantRow, Schema } from "./schema.ts";

type GrantReader = Pick<EngineReader, "findGrantedScopes" | "findGrant">;
type GrantWriter = Pick<
  EngineWriter,
  keyof GrantReader | "upsertGrantedScopes" | "deleteGrantedScopes" | "upsertGrant" | "deleteGrant"
>;

/** What end-users have granted. Whoever looks in a transaction is about to change it: those who come at once take turns. */
export type GrantStore = {
  reader(connection: Connection): GrantReader;
  writer(transaction: Transaction): GrantWriter;
};

/** Makes the store of grants and granted scopes. */
export function createGrantStore({ builder }: Pick<Database, "builder">): GrantStore {
  const queries = { ...grantedScopesQueries(builder), ...grantQueries(builder) };
  const reader: GrantStore["reader"] = (connection) => ({
    async findGrantedScopes(serviceId, clientId, subject) {
      const key = { service_id: serviceId, client_id: clientId, subject };
      const row = await connection.first(queries.findScopes, key);
      return row && grantedScopesRecord(row);
    },
    async findGrant(serviceId, grantId) {
      const row = await connection.first(queries.findGrant, { service_id: serviceId, grant_id: grantId });
      return row && grantRecord(row);
    },
  });
  return {
    reader,
    writer: (transaction) => ({
      async findGrantedScopes(serviceId, clientId, subject) {
        await transaction.lock(JSON.stringify(["granted scopes", serviceId, clientId, subject]));
        return reader(transaction).findGrantedScopes(serviceId, clientId, subject);
      },
      async findGrant(serviceId, grantId) {
        await transaction.lock(JSON.stringify(["grant", serviceId, grantId]));
        return reader(transaction).findGrant(serviceId, grantId);
      },
      async upsertGrantedScopes(granted) {
        await transaction.run(queries.upsertScopes, grantedScopesRow(granted));
      },
      async deleteGrantedScopes(serviceId, clientId, subject) {
        const key = { service_id: serviceId, client_id: clientId, subject };
        return (await transaction.run(queries.deleteScopes, key)) === 1;
      },
      async upsertGrant(grant) {
        await transaction.run(queries.upsertGrant, grantRow(grant));
      },
      async deleteGrant(serviceId, grantId) {
        const key = { service_id: serviceId, grant_id: grantId };
        return (await transaction.run(queries.deleteGrant, key)) === 1;
      },
    }),
  };
}

function grantedScopesRow(granted: GrantedScopes): GrantedScopesRow {
  return {
    service_id: granted.serviceId,
    client_id: granted.clientId,
    subject: granted.subject,
    latest: JSON.stringify(granted.latest),
    merged: JSON.stringify(granted.merged),
    modified_at: granted.modifiedAt,
  };
}

function grantedScopesRecord(row: GrantedScopesRow): GrantedScopes {
  return {
    serviceId: row.service_id,
    clientId: row.client_id,
    subject: row.subject,
    latest: JSON.parse(row.latest) as string[],
    merged: JSON.parse(row.merged) as string[],
    modifiedAt: row.modified_at,
  };
}

function grantRow(grant: ManagedGrant): GrantRow {
  return {
    service_id: grant.serviceId,
    grant_id: grant.grantId,
    client_id: grant.clientId,
    subject: grant.subject,
    document: JSON.stringify(grant.grant),
    created_at: grant.createdAt,
    updated_at: grant.updatedAt,
  };
}

function grantRecord(row: GrantRow): ManagedGrant {
  return {
    serviceId: row.service_id,
    grantId: row.grant_id,
    clientId: row.client_id,
    subject: row.subject,
    grant: JSON.parse(row.document) as ManagedGrant["grant"],
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

type ScopesKey = Pick<GrantedScopesRow, "service_id" | "client_id" | "subject">;

function grantedScopesQueries(db: Kysely<Schema>) {
  return {
    findScopes: prepared((key: ScopesKey) =>
      db
        .selectFrom("granted_scopes")
        .selectAll()
        .where("client_id", "=", key.client_id)
        .where("subject", "=", key.subject)
        .where("service_id", "=", key.service_id),
    ),
    upsertScopes: prepared((row: GrantedScopesRow) =>
      db
        .insertInto("granted_scopes")
        .values({
          service_id: row.service_id,
          client_id: row.client_id,
          subject: row.subject,
          latest: row.latest,
          merged: row.merged,
          modified_at: row.modified_at,
        })
        .onConflict((conflict) =>
          conflict
            .columns(["client_id", "subject", "service_id"])
            .doUpdateSet({ latest: row.latest, merged: row.merged, modified_at: row.modified_at }),
        ),
    ),
    deleteScopes: prepared((key: ScopesKey) =>
      db
        .deleteFrom("granted_scopes")
        .where("client_id", "=", key.client_id)
        .where("subject", "=", key.subject)
        .where("service_id", "=", key.service_id),
    ),
  };
}

type GrantKey = Pick<GrantRow, "service_id" | "grant_id">;

function grantQueries(db: Kysely<Schema>) {
  return {
    findGrant: prepared((key: GrantKey) =>
      db
        .selectFrom("grants")
        .selectAll()
        .where("grant_id", "=", key.grant_id)
        .where("service_id", "=", key.service_id),
    ),
    upsertGrant: prepared((row: GrantRow) =>
      db
        .insertInto("grants")
        .values({
          service_id: row.service_id,
          grant_id: row.grant_id,
          client_id: row.client_id,
          subject: row.subject,
          document: row.document,
          created_at: row.created_at,
          updated_at: row.updated_at,
        })
        .onConflict((conflict) =>
          conflict
            .columns(["grant_id", "service_id"])
            .doUpdateSet({ document: row.document, updated_at: row.updated_at }),
        ),
    ),
    deleteGrant: prepared((key: GrantKey) =>
      db.deleteFrom("grants").where("grant_id", "=", key.grant_id).where("service_id", "=", key.service_id),
    ),
  };
}
