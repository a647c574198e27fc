import type { Kysely } from "kysely";
import type { Artifact, ArtifactKind } from "../engine/artifacts.ts";
import type { EngineReader, EngineWriter } from "../engine/ports.ts";
import type { Connection, Database, Transaction } from "./database.ts";
import { prepared } from "./prepared.ts";
import type { ArtifactRow, Schema } from "./schema.ts";

type ArtifactReader = Pick<EngineReader, "findArtifact" | "findArtifactByAlias">;
type ArtifactWriter = Pick<
  EngineWriter,
  "findArtifact" | "insertArtifact" | "consumeArtifact" | "updateArtifact"
>;

/** What stands between two calls and is used once. */
export type ArtifactStore = {
  reader(connection: Connection): ArtifactReader;
  writer(transaction: Transaction): ArtifactWriter;
};

/** Makes the store of artifacts. */
export function createArtifactStore({ builder }: Pick<Database, "builder">): ArtifactStore {
  const queries = artifactQueries(builder);
  const find = async <Kind extends ArtifactKind>(connection: Connection, kind: Kind, keyHash: string) => {
    const row = await connection.first(queries.find, { kind, key_hash: keyHash });
    return row && artifactRecord<Kind>(row);
  };
  return {
    reader: (connection) => ({
      findArtifact: (kind, keyHash) => find(connection, kind, keyHash),
      async findArtifactByAlias<Kind extends ArtifactKind>(kind: Kind, aliasHash: string) {
        const row = await connection.first(queries.findByAlias, { kind, alias_hash: aliasHash });
        return row && artifactRecord<Kind>(row);
      },
    }),
    writer: (transaction) => ({
      async findArtifact(kind, keyHash) {
        // Whoever looks in a transaction is about to change it: those who come at once take turns.
        await transaction.lock(JSON.stringify(["artifact", kind, keyHash]));
        return find(transaction, kind, keyHash);
      },
      async insertArtifact(artifact) {
        return (await transaction.run(queries.insert, artifactRow(artifact))) === 1;
      },
      async consumeArtifact(kind, keyHash, spentAt) {
        const spending = { kind, key_hash: keyHash, spent_at: spentAt };
        return (await transaction.run(queries.consume, spending)) === 1;
      },
      async updateArtifact(artifact) {
        return (await transaction.run(queries.update, artifactRow(artifact))) === 1;
      },
    }),
  };
}

function artifactRow(artifact: Artifact): ArtifactRow {
  return {
    key_hash: artifact.keyHash,
    kind: artifact.kind,
    alias_hash: artifact.aliasHash ?? null,
    service_id: artifact.serviceId,
    client_id: artifact.clientId ?? null,
    document: JSON.stringify(artifact.document),
    revision: artifact.revision,
    spent_at: artifact.spentAt ?? null,
    created_at: artifact.createdAt,
    expires_at: artifact.expiresAt,
  };
}

/** The query named the kind, and only this store writes documents. */
function artifactRecord<Kind extends ArtifactKind>(row: ArtifactRow): Artifact<Kind> {
  return {
    kind: row.kind as Kind,
    keyHash: row.key_hash,
    aliasHash: row.alias_hash ?? undefined,
    serviceId: row.service_id,
    clientId: row.client_id ?? undefined,
    document: JSON.parse(row.document) as Artifact<Kind>["document"],
    revision: row.revision,
    spentAt: row.spent_at ?? undefined,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  };
}

type Key = Pick<ArtifactRow, "kind" | "key_hash">;

function artifactQueries(db: Kysely<Schema>) {
  return {
    find: prepared((key: Key) =>
      db
        .selectFrom("artifacts")
        .selectAll()
        .where("key_hash", "=", key.key_hash)
        .where("kind", "=", key.kind),
    ),
    findByAlias: prepared((key: { kind: string; alias_hash: string }) =>
      db
        .selectFrom("artifacts")
        .selectAll()
        .where("alias_hash", "=", key.alias_hash)
        .where("kind", "=", key.kind),
    ),
    insert: prepared((row: ArtifactRow) =>
      db
        .insertInto("artifacts")
        .values({
          key_hash: row.key_hash,
          kind: row.kind,
          alias_hash: row.alias_hash,
          service_id: row.service_id,
          client_id: row.client_id,
          document: row.document,
          revision: row.revision,
          spent_at: row.spent_at,
          created_at: row.created_at,
          expires_at: row.expires_at,
        })
        .onConflict((conflict) => conflict.doNothing()),
    ),
    consume: prepared((spending: Key & { spent_at: number }) =>
      db
        .updateTable("artifacts")
        .set({ spent_at: spending.spent_at })
        .where("key_hash", "=", spending.key_hash)
        .where("kind", "=", spending.kind)
        .where("spent_at", "is", null),
    ),
    update: prepared((row: ArtifactRow) =>
      db
        .updateTable("artifacts")
        .set((expression) => ({
          alias_hash: row.alias_hash,
          document: row.document,
          expires_at: row.expires_at,
          revision: expression("revision", "+", 1),
        }))
        .where("key_hash", "=", row.key_hash)
        .where("kind", "=", row.kind)
        .where("revision", "=", row.revision)
        .where("spent_at", "is", null),
    ),
  };
}
