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

/** What a write survives once its caller hears of it: everything, or the end of this process but not a power failure. */
export type Durability = "power-failure" | "crash";

/** What a dialect provides; the stores are written against this and know no driver. */
export interface Database {
  /** Builds queries in the dialect's SQL; it does not run them. */
  readonly builder: Kysely<Schema>;
  /** Sees only what is committed. */
  readonly read: Connection;
  /** Runs a work in a transaction and resolves when what it wrote is durable. A rejecting work leaves nothing behind. */
  write<Result>(work: (connection: Connection) => Promise<Result>): Promise<Result>;
  /** The same for a work of one query, which needs no transaction of its own to be all or nothing. */
  writeOne<Result>(
    work: (connection: Connection) => Promise<Result>,
    durability?: Durability,
  ): Promise<Result>;
  /** Runs a work of one query along with the next write, or within a second. Nobody waits for it or hears how it ended. */
  writeAlong(work: (connection: Connection) => Promise<unknown>): void;
  /** Waits for the writes that are under way, then closes. Later calls reject. */
  close(): Promise<void>;
}
