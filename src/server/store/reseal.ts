import type { Kysely } from "kysely";
import type { ClientKey } from "./client-queries.ts";
import { clientContext } from "./client-store.ts";
import type { Database } from "./database.ts";
import { resealDocument, type Seals, UnreadableRowError } from "./documents.ts";
import { prepared } from "./prepared.ts";
import type { Schema, SecondFactorRow, SigningKeyRow } from "./schema.ts";
import { renewSealingCheck } from "./sealing-check.ts";
import { secondFactorContext } from "./second-factor-store.ts";
import { serviceContext } from "./service-store.ts";
import { signingKeyContext } from "./signing-key-store.ts";

const BATCH = 100;

type Change = { sealed: string; revision: string; known_revision: string };

/**
 * Seals everything again with the newest key, so that the older ones can be taken from the list. May be interrupted and
 * run by several processes: a row that somebody changed meanwhile is theirs.
 *
 * @throws UnreadableRowError
 */
export async function reseal(database: Database, seals: Seals): Promise<void> {
  const queries = resealQueries(database.builder);
  let after = "";
  for (;;) {
    const services = await database.read.all(queries.services, { after });
    for (const row of services) {
      const fresh = resealDocument(row, serviceContext(row.service_id), seals);
      const change = { ...row, ...fresh, known_revision: row.revision };
      await database.writeOne((connection) => connection.run(queries.changeService, change));
      await resealClients(database, row.service_id, seals);
      await resealSigningKeys(database, row.service_id, seals);
    }
    const last = services.at(-1);
    if (last === undefined) break;
    after = last.service_id;
  }
  await resealSecondFactors(database, seals);
  await renewSealingCheck(database, seals.keyring);
}

async function resealClients(database: Database, serviceId: string, seals: Seals): Promise<void> {
  const queries = resealQueries(database.builder);
  let after = -1;
  for (;;) {
    const clients = await database.read.all(queries.clients, { service_id: serviceId, after });
    const changes = clients.map((row) => {
      const fresh = resealDocument(row, clientContext(row), seals);
      return { ...row, ...fresh, known_revision: row.revision };
    });
    await database.write(async (connection) => {
      for (const change of changes) await connection.run(queries.changeClient, change);
    });
    const last = clients.at(-1);
    if (last === undefined) return;
    after = last.client_id;
  }
}

async function resealSecondFactors(database: Database, { keyring }: Seals): Promise<void> {
  const queries = resealQueries(database.builder);
  let after = "";
  for (;;) {
    const rows = await database.read.all(queries.secondFactors, { after });
    await database.write(async (connection) => {
      for (const row of rows) {
        const context = secondFactorContext(row);
        const secret = keyring.open(row.sealed, context);
        if (secret === undefined) throw new UnreadableRowError(context);
        await connection.run(queries.changeSecondFactor, { ...row, sealed: keyring.seal(secret, context) });
      }
    });
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.subject;
  }
}

/** A service has a handful of them. */
async function resealSigningKeys(database: Database, serviceId: string, seals: Seals): Promise<void> {
  const queries = resealQueries(database.builder);
  const rows = await database.read.all(queries.signingKeys, { service_id: serviceId });
  await database.write(async (connection) => {
    for (const row of rows) {
      const context = signingKeyContext(row);
      const jwk = seals.keyring.open(row.sealed, context);
      if (jwk === undefined) throw new UnreadableRowError(context);
      await connection.run(queries.changeSigningKey, { ...row, sealed: seals.keyring.seal(jwk, context) });
    }
  });
}

function resealQueries(db: Kysely<Schema>) {
  return {
    services: prepared((page: { after: string }) =>
      db
        .selectFrom("services")
        .selectAll()
        .where("service_id", ">", page.after)
        .orderBy("service_id")
        .limit(BATCH),
    ),
    changeService: prepared((change: Change & { service_id: string }) =>
      db
        .updateTable("services")
        .set({ sealed: change.sealed, revision: change.revision })
        .where("service_id", "=", change.service_id)
        .where("revision", "=", change.known_revision),
    ),
    clients: prepared((page: { service_id: string; after: number }) =>
      db
        .selectFrom("clients")
        .selectAll()
        .where("service_id", "=", page.service_id)
        .where("client_id", ">", page.after)
        .orderBy("client_id")
        .limit(BATCH),
    ),
    signingKeys: prepared((key: { service_id: string }) =>
      db.selectFrom("signing_keys").selectAll().where("service_id", "=", key.service_id),
    ),
    changeSigningKey: prepared((row: SigningKeyRow) =>
      db
        .updateTable("signing_keys")
        .set({ sealed: row.sealed })
        .where("service_id", "=", row.service_id)
        .where("alg", "=", row.alg)
        .where("generation", "=", row.generation),
    ),
    secondFactors: prepared((page: { after: string }) =>
      db
        .selectFrom("second_factors")
        .selectAll()
        .where("subject", ">", page.after)
        .orderBy("subject")
        .limit(BATCH),
    ),
    changeSecondFactor: prepared((row: SecondFactorRow) =>
      db
        .updateTable("second_factors")
        .set({ sealed: row.sealed })
        .where("subject", "=", row.subject)
        .where("id", "=", row.id),
    ),
    changeClient: prepared((change: Change & ClientKey) =>
      db
        .updateTable("clients")
        .set({ sealed: change.sealed, revision: change.revision })
        .where("service_id", "=", change.service_id)
        .where("client_id", "=", change.client_id)
        .where("revision", "=", change.known_revision),
    ),
  };
}
