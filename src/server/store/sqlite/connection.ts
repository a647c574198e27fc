import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { SqliteDatabase } from "kysely";
import type { Connection } from "../database.ts";
import type { Prepared } from "../prepared.ts";

/** Runs prepared queries on one SQLite connection, each SQL text compiled by SQLite once. */
export function sqliteConnection(database: DatabaseSync): Connection {
  const statements = new Map<string, StatementSync>();
  const statement = (sql: string): StatementSync => {
    let known = statements.get(sql);
    if (known === undefined) {
      known = database.prepare(sql);
      statements.set(sql, known);
    }
    return known;
  };
  return {
    async first<Input, Row>(query: Prepared<Input, Row>, input: Input) {
      // Not `get`: a `returning` statement has to be run to its end.
      return statement(query.sql).all(...query.bind(input))[0] as Row | undefined;
    },
    async all<Input, Row>(query: Prepared<Input, Row>, input: Input) {
      return statement(query.sql).all(...query.bind(input)) as Row[];
    },
    async run<Input>(query: Prepared<Input, unknown>, input: Input) {
      return Number(statement(query.sql).run(...query.bind(input)).changes);
    },
  };
}

/** The same connection in the form that Kysely's own dialect takes: for migrations. */
export function kyselyDatabase(database: DatabaseSync): SqliteDatabase {
  return {
    close() {},
    prepare(sql) {
      const statement = database.prepare(sql);
      const bound = (parameters: readonly unknown[]) => parameters as (string | number | null)[];
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...bound(parameters)),
        run: (parameters) => statement.run(...bound(parameters)),
        iterate: (parameters) => statement.iterate(...bound(parameters)),
      };
    },
  };
}
