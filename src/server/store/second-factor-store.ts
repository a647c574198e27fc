import type { Kysely } from "kysely";
import type { SecondFactor, SecondFactorKey, SecondFactorStore } from "../account/second-factor/ports.ts";
import type { Connection, Database } from "./database.ts";
import { type Seals, UnreadableRowError } from "./documents.ts";
import { prepared } from "./prepared.ts";
import type { RecoveryCodeRow, Schema, SecondFactorRow } from "./schema.ts";

/** Makes the store of second factors. The secret of an authenticator app is sealed; of a recovery code there is a hash. */
export function createSecondFactorStore(database: Database, seals: Seals): SecondFactorStore {
  const queries = secondFactorQueries(database.builder);
  const insertCodes = async (connection: Connection, subject: string, hashes: readonly string[]) => {
    for (const code_hash of hashes) await connection.run(queries.insertCode, { subject, code_hash });
  };
  return {
    async find(subject) {
      const row = await database.read.first(queries.find, { subject });
      return row && secondFactorRecord(row, seals);
    },
    async spendStep(step) {
      return (await database.writeOne((connection) => connection.run(queries.spendStep, step))) === 1;
    },
    async spendRecoveryCode({ subject, codeHash }) {
      const row = { subject, code_hash: codeHash };
      return (await database.writeOne((connection) => connection.run(queries.removeCode, row))) === 1;
    },
    async countRecoveryCodes(subject) {
      const row = await database.read.first(queries.countCodes, { subject });
      return Number(row?.count ?? 0);
    },
    async enrol({ codeHashes, ...factor }, { ownerHash, from, to }) {
      return unlessUndone(
        database.write(async (transaction) => {
          const shown = { owner_hash: ownerHash, from, to };
          if ((await transaction.run(queries.showCodes, shown)) !== 1) throw new UndoneError();
          const row = secondFactorRow(factor, seals);
          if ((await transaction.run(queries.insert, row)) !== 1) throw new UndoneError();
          await transaction.run(queries.removeCodes, { subject: factor.subject });
          await insertCodes(transaction, factor.subject, codeHashes);
        }),
      );
    },
    async replaceRecoveryCodes({ codeHashes, ...key }) {
      return unlessUndone(
        database.write(async (transaction) => {
          // Whoever replaces codes holds the enrolment meanwhile: two sets at once would both stay.
          if ((await transaction.run(queries.hold, key)) !== 1) throw new UndoneError();
          await transaction.run(queries.removeCodes, { subject: key.subject });
          await insertCodes(transaction, key.subject, codeHashes);
        }),
      );
    },
    async remove(subject) {
      return database.write(async (transaction) => {
        const removed = await transaction.run(queries.remove, { subject });
        await transaction.run(queries.removeCodes, { subject });
        return removed === 1;
      });
    },
  };
}

/** Takes back what a transaction has written so far. */
class UndoneError extends Error {}

async function unlessUndone(written: Promise<void>): Promise<boolean> {
  try {
    await written;
    return true;
  } catch (error) {
    if (error instanceof UndoneError) return false;
    throw error;
  }
}

/** What the secret of an authenticator app is sealed for. */
export function secondFactorContext({ subject, id }: SecondFactorKey): string {
  return `second_factors ${subject} ${id}`;
}

function secondFactorRow(factor: SecondFactor, { keyring }: Seals): SecondFactorRow {
  const { subject, id, secret, lastStep, enrolledAt } = factor;
  const text = Buffer.from(secret).toString("base64url");
  const sealed = keyring.seal(text, secondFactorContext(factor));
  return { subject, id, sealed, last_step: lastStep, enrolled_at: enrolledAt };
}

function secondFactorRecord(row: SecondFactorRow, { keyring }: Seals): SecondFactor {
  const text = keyring.open(row.sealed, secondFactorContext(row));
  if (text === undefined) throw new UnreadableRowError(secondFactorContext(row));
  return {
    subject: row.subject,
    id: row.id,
    secret: new Uint8Array(Buffer.from(text, "base64url")),
    lastStep: row.last_step,
    enrolledAt: row.enrolled_at,
  };
}

function secondFactorQueries(db: Kysely<Schema>) {
  return {
    find: prepared((key: { subject: string }) =>
      db.selectFrom("second_factors").selectAll().where("subject", "=", key.subject),
    ),
    insert: prepared((row: SecondFactorRow) =>
      db
        .insertInto("second_factors")
        .values({
          subject: row.subject,
          id: row.id,
          sealed: row.sealed,
          last_step: row.last_step,
          enrolled_at: row.enrolled_at,
        })
        .onConflict((conflict) => conflict.doNothing()),
    ),
    spendStep: prepared((spent: SecondFactorKey & { step: number }) =>
      db
        .updateTable("second_factors")
        .set({ last_step: spent.step })
        .where("subject", "=", spent.subject)
        .where("id", "=", spent.id)
        .where("last_step", "<", spent.step),
    ),
    hold: prepared((key: SecondFactorKey) =>
      db
        .updateTable("second_factors")
        .set({ id: key.id })
        .where("subject", "=", key.subject)
        .where("id", "=", key.id),
    ),
    remove: prepared((key: { subject: string }) =>
      db.deleteFrom("second_factors").where("subject", "=", key.subject),
    ),
    insertCode: prepared((row: RecoveryCodeRow) =>
      db.insertInto("recovery_codes").values({ subject: row.subject, code_hash: row.code_hash }),
    ),
    removeCode: prepared((row: RecoveryCodeRow) =>
      db
        .deleteFrom("recovery_codes")
        .where("subject", "=", row.subject)
        .where("code_hash", "=", row.code_hash),
    ),
    removeCodes: prepared((key: { subject: string }) =>
      db.deleteFrom("recovery_codes").where("subject", "=", key.subject),
    ),
    countCodes: prepared((key: { subject: string }) =>
      db
        .selectFrom("recovery_codes")
        .select((query) => query.fn.countAll().as("count"))
        .where("subject", "=", key.subject),
    ),
    showCodes: prepared((shown: { owner_hash: string; from: string; to: string }) =>
      db
        .updateTable("factor_setups")
        .set({ sealed: shown.to })
        .where("owner_hash", "=", shown.owner_hash)
        .where("sealed", "=", shown.from),
    ),
  };
}
