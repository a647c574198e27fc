import type { Kysely } from "kysely";
import type { Prepared } from "./prepared.ts";
import type { Schema } from "./schema.ts";

/** Runs prepared queries. */
export interface Connection {
  /** The first row, or `undefined` when there is none. */
  first<Input, Row>(query: Prepared<Input, Row>, input: Input): Promise<Row | undefined>;
  all<Input, Row>(query: Prepared<Input, Row>, input: Input): Promise<Row[]>;
  /** The number of rows that were inserted, updated or deleted. */
  run<Input>(query: Prepared<Input, unknown>, input: Input): Promise<number>;
}

/** Runs the queries of one work. */
export interface Transaction extends Connection {
  /** Waits until no other transaction holds this name, and holds it to the end of its own. */
  lock(name: string): Promise<void>;
}

/** What a write survives once its caller hears of it: everything, or the end of this process but not a power failure. */
export type Durability = "power-failure" | "crash";

/** What a dialect provides; the stores are written against this and know no driver. */
export interface Database {
  /** Builds queries in the dialect's SQL; it does not run them. */
  readonly builder: Kysely<Schema>;
  /** Sees only what is committed. */
  readonly read: Connection;
  /**
   * Runs a work in a transaction and resolves when what it wrote is durable. A rejecting work leaves nothing behind. Works may run at
   * the same time, in any number of processes. Of those that make the same conditional change (a `where` that no longer holds
   * afterwards, or an insert of a taken key) the first one does, and the others find it done. What else must not happen
   * at the same time takes a lock. A work that could not be committed because of another is started again, so it does
   * nothing but ask its transaction.
   */
  write<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result>;
  /** The same for a work of one query, which needs no transaction of its own to be all or nothing. */
  writeOne<Result>(
    work: (connection: Connection) => Promise<Result>,
    durability?: Durability,
  ): Promise<Result>;
  /**
   * Runs a work of one query along with the next write, or within a second; works so given run in order. Nobody waits for it
   * or hears how it ended.
   */
  writeAlong(work: (connection: Connection) => Promise<unknown>): void;
  /** Waits for the writes that are under way, then closes. Later calls reject. */
  close(): Promise<void>;
}
