import type { Compilable } from "kysely";

/** What both databases can store in a column. */
export type ColumnValue = string | number | null;

/** A query that was compiled once; only its parameters change from call to call. */
export type Prepared<Input, Row> = {
  readonly sql: string;
  /** The parameters in the order of the statement. */
  bind(input: Input): ColumnValue[];
  /** Asked several times in each request, of rows that hardly ever change: a database may answer it once in a turn of the event loop. */
  readonly steady?: boolean;
  /** Only a type: what one row of the result holds. */
  readonly row?: Row;
};

/**
 * Compiles a Kysely query once. `build` is called with stand-ins: each member of `input` may be used as a value, any
 * number of times, and is replaced by the value of that name in each call. The query must not depend on what a
 * stand-in holds.
 *
 *     const find = prepared((input: { id: string }) => db.selectFrom("tokens").selectAll().where("id", "=", input.id));
 *     await connection.first(find, { id: "a" });
 *
 * @param options.steady see `Prepared`.
 */
export function prepared<Input extends Record<keyof Input, ColumnValue>, Row>(
  build: (input: Input) => Compilable<Row>,
  { steady = false }: { steady?: boolean } = {},
): Prepared<Input, Row> {
  const names = new Map<unknown, keyof Input>();
  const standIns = new Proxy({} as Input, {
    get(_, name) {
      const standIn = Symbol(String(name));
      names.set(standIn, name as keyof Input);
      return standIn;
    },
  });
  const { sql, parameters } = build(standIns).compile();
  const slots = parameters.map((parameter) => ({
    name: names.get(parameter),
    constant: parameter as ColumnValue,
  }));
  return {
    sql,
    steady,
    bind: (input) => slots.map(({ name, constant }) => (name === undefined ? constant : input[name])),
  };
}
