import type { Kysely } from "kysely";
import type { TransactionStore } from "../session/ports.ts";
import type { Transaction, TransactionState } from "../session/records.ts";
import type { Database } from "./database.ts";
import { readMethods, writeMethods } from "./methods.ts";
import { prepared } from "./prepared.ts";
import type { Schema, TransactionRow } from "./schema.ts";

/**
 * Makes the store of sign-ins under way. Its writes need not survive a power failure: what guards a ticket's single use then is
 * the engine, and the engine's own commit takes every earlier one with it to the disk.
 */
export function createTransactionStore(database: Database): TransactionStore {
  const queries = transactionQueries(database.builder);
  return {
    async insert(transaction) {
      const row = transactionRow(transaction);
      await database.writeOne((connection) => connection.run(queries.insert, row), "crash");
    },
    async find(handleHash) {
      const row = await database.read.first(queries.find, { handle_hash: handleHash });
      return row && transactionRecord(row);
    },
    async move({ handleHash, ownerHash, from, to, now }) {
      const change = { handle_hash: handleHash, owner_hash: ownerHash, from, to, now };
      const row = await database.writeOne((connection) => connection.first(queries.move, change), "crash");
      return row && transactionRecord(row);
    },
    async authenticate({ handleHash, ownerHash, methods, now }) {
      const change = { handle_hash: handleHash, owner_hash: ownerHash, methods: writeMethods(methods), now };
      const row = await database.writeOne(
        (connection) => connection.first(queries.authenticate, change),
        "crash",
      );
      return row && transactionRecord(row);
    },
    settle({ handleHash, ownerHash }, to) {
      const change = { handle_hash: handleHash, owner_hash: ownerHash, to };
      database.writeAlong((connection) => connection.run(queries.settle, change));
    },
  };
}

function transactionRow(transaction: Transaction): TransactionRow {
  return {
    handle_hash: transaction.handleHash,
    kind: transaction.kind,
    owner_hash: transaction.ownerHash,
    state: transaction.state,
    sealed_ticket: transaction.sealedTicket,
    subject: transaction.subject ?? null,
    client_id: transaction.clientId,
    methods: writeMethods(transaction.methods),
    created_at: transaction.createdAt,
    expires_at: transaction.expiresAt,
  };
}

function transactionRecord(row: TransactionRow): Transaction {
  return {
    handleHash: row.handle_hash,
    kind: row.kind as Transaction["kind"],
    ownerHash: row.owner_hash,
    state: row.state as TransactionState,
    sealedTicket: row.sealed_ticket,
    subject: row.subject ?? undefined,
    clientId: row.client_id,
    methods: readMethods(row.methods),
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  };
}

type Authentication = { handle_hash: string; owner_hash: string; methods: string; now: number };

type Move = { handle_hash: string; owner_hash: string; from: string; to: string; now: number };

function transactionQueries(db: Kysely<Schema>) {
  return {
    insert: prepared((row: TransactionRow) =>
      db.insertInto("transactions").values({
        handle_hash: row.handle_hash,
        kind: row.kind,
        owner_hash: row.owner_hash,
        state: row.state,
        sealed_ticket: row.sealed_ticket,
        subject: row.subject,
        client_id: row.client_id,
        methods: row.methods,
        created_at: row.created_at,
        expires_at: row.expires_at,
      }),
    ),
    find: prepared((key: { handle_hash: string }) =>
      db.selectFrom("transactions").selectAll().where("handle_hash", "=", key.handle_hash),
    ),
    move: prepared((change: Move) =>
      db
        .updateTable("transactions")
        .set({ state: change.to })
        .where("handle_hash", "=", change.handle_hash)
        .where("owner_hash", "=", change.owner_hash)
        .where("state", "=", change.from)
        .where("expires_at", ">", change.now)
        .returningAll(),
    ),
    authenticate: prepared((change: Authentication) =>
      db
        .updateTable("transactions")
        .set({ state: "authenticated", methods: change.methods })
        .where("handle_hash", "=", change.handle_hash)
        .where("owner_hash", "=", change.owner_hash)
        .where("state", "=", "second-factor")
        .where("expires_at", ">", change.now)
        .returningAll(),
    ),
    settle: prepared((change: { handle_hash: string; owner_hash: string; to: string }) =>
      db
        .updateTable("transactions")
        .set({ state: change.to })
        .where("handle_hash", "=", change.handle_hash)
        .where("owner_hash", "=", change.owner_hash)
        .where("state", "=", "issuing"),
    ),
  };
}
