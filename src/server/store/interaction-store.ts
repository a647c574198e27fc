import type { Kysely } from "kysely";
import type {
  Interaction,
  InteractionKey,
  InteractionState,
  InteractionStore,
} from "../session/interaction-store.ts";
import type { Database } from "./database.ts";
import { prepared } from "./prepared.ts";
import type { InteractionRow, Schema } from "./schema.ts";

/**
 * Makes the store of authorization requests that wait for a person. Its writes need not survive a power failure: what guards a ticket's
 * single use then is the engine.
 */
export function createInteractionStore(database: Database): InteractionStore {
  const queries = interactionQueries(database.builder);
  return {
    async insert(interaction) {
      const row = interactionRow(interaction);
      await database.writeOne((connection) => connection.run(queries.insert, row), "crash");
    },
    async find(handleHash) {
      const row = await database.read.first(queries.find, { handle_hash: handleHash });
      return row && interactionRecord(row);
    },
    async choose(key, subject) {
      const choice = { ...columns(key), subject };
      return (await database.writeOne((connection) => connection.run(queries.choose, choice), "crash")) === 1;
    },
    async claim(key) {
      const row = await database.writeOne(
        (connection) => connection.first(queries.claim, columns(key)),
        "crash",
      );
      return row && interactionRecord(row);
    },
    settle({ handleHash, ownerHash }, to) {
      const change = { handle_hash: handleHash, owner_hash: ownerHash, to };
      database.writeAlong((connection) => connection.run(queries.settle, change));
    },
  };
}

function columns({ handleHash, ownerHash, now }: InteractionKey): Key {
  return { handle_hash: handleHash, owner_hash: ownerHash, now };
}

function interactionRow(interaction: Interaction): InteractionRow {
  return {
    handle_hash: interaction.handleHash,
    owner_hash: interaction.ownerHash,
    state: interaction.state,
    sealed: interaction.sealed,
    chosen_subject: interaction.chosenSubject ?? null,
    created_at: interaction.createdAt,
    usable_until: interaction.usableUntil,
    expires_at: interaction.expiresAt,
  };
}

function interactionRecord(row: InteractionRow): Interaction {
  return {
    handleHash: row.handle_hash,
    ownerHash: row.owner_hash,
    state: row.state as InteractionState,
    sealed: row.sealed,
    chosenSubject: row.chosen_subject ?? undefined,
    createdAt: row.created_at,
    usableUntil: row.usable_until,
    expiresAt: row.expires_at,
  };
}

type Key = { handle_hash: string; owner_hash: string; now: number };

function interactionQueries(db: Kysely<Schema>) {
  const pending = (key: Key) =>
    db
      .updateTable("interactions")
      .where("handle_hash", "=", key.handle_hash)
      .where("owner_hash", "=", key.owner_hash)
      .where("state", "=", "pending")
      .where("usable_until", ">", key.now);
  return {
    insert: prepared((row: InteractionRow) =>
      db.insertInto("interactions").values({
        handle_hash: row.handle_hash,
        owner_hash: row.owner_hash,
        state: row.state,
        sealed: row.sealed,
        chosen_subject: row.chosen_subject,
        created_at: row.created_at,
        usable_until: row.usable_until,
        expires_at: row.expires_at,
      }),
    ),
    find: prepared((key: { handle_hash: string }) =>
      db.selectFrom("interactions").selectAll().where("handle_hash", "=", key.handle_hash),
    ),
    choose: prepared((choice: Key & { subject: string }) =>
      pending(choice).set({ chosen_subject: choice.subject }),
    ),
    claim: prepared((key: Key) => pending(key).set({ state: "deciding" }).returningAll()),
    settle: prepared((change: { handle_hash: string; owner_hash: string; to: string }) =>
      db
        .updateTable("interactions")
        .set({ state: change.to })
        .where("handle_hash", "=", change.handle_hash)
        .where("owner_hash", "=", change.owner_hash)
        .where("state", "=", "deciding"),
    ),
  };
}
