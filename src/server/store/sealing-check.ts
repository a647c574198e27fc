import type { Keyring } from "../secret/keyring.ts";
import type { Database } from "./database.ts";
import { prepared } from "./prepared.ts";
import type { StoreFactRow } from "./schema.ts";

const FACT = "sealing-check";
const CONTEXT = `store_facts ${FACT}`;
const TEXT = "ticketgate";

/** The database was sealed with keys that this process does not have. */
export class ForeignSealingKeyError extends Error {
  constructor() {
    super(
      "TICKETGATE_SEALING_KEYS does not open this database: it was sealed with another key. " +
        "Add that key at the end of the list.",
    );
    this.name = "ForeignSealingKeyError";
  }
}

/** Seals the text again, with the newest key. Nothing that is sealed with an older key may be left by then. */
export async function renewSealingCheck(database: Database, keyring: Keyring): Promise<void> {
  const update = prepared((row: StoreFactRow) =>
    database.builder.updateTable("store_facts").set({ value: row.value }).where("name", "=", row.name),
  );
  const row = { name: FACT, value: keyring.seal(TEXT, CONTEXT) };
  await database.writeOne((connection) => connection.run(update, row));
}

/**
 * Makes sure, before anything else is read, that this process has the key of the database. The first process that opens
 * a new database leaves a sealed text in it for the others to try.
 *
 * @returns whether the newest key was the newest one the last time, too.
 * @throws ForeignSealingKeyError
 */
export async function checkSealingKey(database: Database, keyring: Keyring): Promise<boolean> {
  const find = prepared((key: { name: string }) =>
    database.builder.selectFrom("store_facts").select("value").where("name", "=", key.name),
  );
  const insert = prepared((row: StoreFactRow) =>
    database.builder
      .insertInto("store_facts")
      .values({ name: row.name, value: row.value })
      .onConflict((conflict) => conflict.doNothing()),
  );
  let fact = await database.read.first(find, { name: FACT });
  if (fact === undefined) {
    const row = { name: FACT, value: keyring.seal(TEXT, CONTEXT) };
    await database.writeOne((connection) => connection.run(insert, row));
    fact = await database.read.first(find, { name: FACT });
  }
  if (fact === undefined || keyring.open(fact.value, CONTEXT) !== TEXT) throw new ForeignSealingKeyError();
  return keyring.isNewest(fact.value, CONTEXT);
}
