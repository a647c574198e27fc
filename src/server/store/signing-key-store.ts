import type { Kysely } from "kysely";
import { isGenerated } from "../engine/keys.ts";
import type { EngineReader, EngineWriter } from "../engine/ports.ts";
import type { SigningKey } from "../engine/records.ts";
import type { Connection, Database } from "./database.ts";
import { type Seals, UnreadableRowError } from "./documents.ts";
import { prepared } from "./prepared.ts";
import type { Schema, SigningKeyRow } from "./schema.ts";

type KeyReader = Pick<EngineReader, "listSigningKeys">;
type KeyWriter = Pick<EngineWriter, "insertSigningKey" | "deleteSigningKey" | "hasLiveTokens">;

/** The signing keys that rotation takes care of. */
export type SigningKeyStore = {
  reader(connection: Connection): KeyReader;
  writer(connection: Connection): KeyWriter;
};

/** Makes the store of signing keys. Their private parts are sealed. */
export function createSigningKeyStore({ builder }: Pick<Database, "builder">, seals: Seals): SigningKeyStore {
  const queries = signingKeyQueries(builder);
  return {
    reader: (connection) => ({
      async listSigningKeys(serviceId) {
        const rows = await connection.all(queries.list, { service_id: serviceId });
        return rows.map((row) => signingKeyRecord(row, seals));
      },
    }),
    writer: (connection) => ({
      async insertSigningKey(key) {
        return (await connection.run(queries.insert, signingKeyRow(key, seals))) === 1;
      },
      async deleteSigningKey(key) {
        await connection.run(queries.remove, signingKeyId(key));
      },
      async hasLiveTokens(serviceId, { createdBefore, now }) {
        const span = { service_id: serviceId, created_before: createdBefore, now };
        return (await connection.first(queries.liveToken, span)) !== undefined;
      },
    }),
  };
}

type KeyId = Pick<SigningKeyRow, "service_id" | "alg" | "generation">;

/** What a signing key is sealed for. */
export function signingKeyContext({ service_id, alg, generation }: KeyId): string {
  return `signing_keys ${service_id} ${alg} ${generation}`;
}

function signingKeyId(key: SigningKey): KeyId {
  return { service_id: key.serviceId, alg: key.alg, generation: key.generation };
}

function signingKeyRow(key: SigningKey, { keyring }: Seals): SigningKeyRow {
  const id = signingKeyId(key);
  return {
    ...id,
    kid: key.kid,
    sealed: keyring.seal(key.jwk, signingKeyContext(id)),
    created_at: key.createdAt,
    active_at: key.activeAt,
  };
}

function signingKeyRecord(row: SigningKeyRow, { keyring }: Seals): SigningKey {
  const jwk = keyring.open(row.sealed, signingKeyContext(row));
  if (jwk === undefined || !isGenerated(row.alg)) throw new UnreadableRowError(signingKeyContext(row));
  return {
    serviceId: row.service_id,
    alg: row.alg,
    generation: row.generation,
    kid: row.kid,
    jwk,
    createdAt: row.created_at,
    activeAt: row.active_at,
  };
}

function signingKeyQueries(db: Kysely<Schema>) {
  return {
    list: prepared((key: { service_id: string }) =>
      db
        .selectFrom("signing_keys")
        .selectAll()
        .where("service_id", "=", key.service_id)
        .orderBy("alg")
        .orderBy("generation"),
    ),
    insert: prepared((row: SigningKeyRow) =>
      db
        .insertInto("signing_keys")
        .values({
          service_id: row.service_id,
          alg: row.alg,
          generation: row.generation,
          kid: row.kid,
          sealed: row.sealed,
          created_at: row.created_at,
          active_at: row.active_at,
        })
        .onConflict((conflict) => conflict.doNothing()),
    ),
    remove: prepared((key: KeyId) =>
      db
        .deleteFrom("signing_keys")
        .where("service_id", "=", key.service_id)
        .where("alg", "=", key.alg)
        .where("generation", "=", key.generation),
    ),
    liveToken: prepared((span: { service_id: string; created_before: number; now: number }) =>
      db
        .selectFrom("tokens")
        .select("id")
        .where("service_id", "=", span.service_id)
        .where("created_at", "<", span.created_before)
        .where("access_token_expires_at", ">", span.now)
        .limit(1),
    ),
  };
}
