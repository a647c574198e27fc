import type { Kysely } from "kysely";
import type { FactorSetupStore } from "../account/second-factor/ports.ts";
import type { Database } from "./database.ts";
import { prepared } from "./prepared.ts";
import type { FactorSetupRow, Schema } from "./schema.ts";

/** Makes the store of what of setting up a second factor a person has yet to be shown. */
export function createFactorSetupStore(database: Database): FactorSetupStore {
  const queries = factorSetupQueries(database.builder);
  return {
    async put({ ownerHash, subject, sealed, expiresAt }) {
      const row = { owner_hash: ownerHash, subject, sealed, expires_at: expiresAt };
      await database.writeOne((connection) => connection.run(queries.put, row));
    },
    async find(ownerHash, now) {
      const row = await database.read.first(queries.find, { owner_hash: ownerHash, now });
      return (
        row && {
          ownerHash: row.owner_hash,
          subject: row.subject,
          sealed: row.sealed,
          expiresAt: row.expires_at,
        }
      );
    },
    async remove(ownerHash) {
      await database.writeOne((connection) => connection.run(queries.remove, { owner_hash: ownerHash }));
    },
  };
}

function factorSetupQueries(db: Kysely<Schema>) {
  return {
    put: prepared((row: FactorSetupRow) =>
      db
        .insertInto("factor_setups")
        .values({
          owner_hash: row.owner_hash,
          subject: row.subject,
          sealed: row.sealed,
          expires_at: row.expires_at,
        })
        .onConflict((conflict) =>
          conflict.column("owner_hash").doUpdateSet((excluded) => ({
            subject: excluded.ref("excluded.subject"),
            sealed: excluded.ref("excluded.sealed"),
            expires_at: excluded.ref("excluded.expires_at"),
          })),
        ),
    ),
    find: prepared((key: { owner_hash: string; now: number }) =>
      db
        .selectFrom("factor_setups")
        .selectAll()
        .where("owner_hash", "=", key.owner_hash)
        .where("expires_at", ">", key.now),
    ),
    remove: prepared((key: { owner_hash: string }) =>
      db.deleteFrom("factor_setups").where("owner_hash", "=", key.owner_hash),
    ),
  };
}
