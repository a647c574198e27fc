import type { ColumnValue, Prepared } from "../prepared.ts";

/** What the database has answered to queries of rows that hardly ever change. */
export interface SteadyMemory {
  /** The answer that is known, or else the one that `ask` gets. */
  recall<Input, Row>(
    query: Prepared<Input, Row>,
    input: Input,
    ask: () => Promise<Row | undefined>,
  ): Promise<Row | undefined>;
  /** To be called with every statement of a transaction of this process. */
  noteStatement(sql: string): void;
  /** To be called after each commit of this process, before anybody hears of it. */
  committed(): void;
}

/** Answers to questions of strangers are kept too, so there is a limit. */
const MOST_ANSWERS = 1_000;

const TABLE_READ = /\bfrom "(\w+)"/;
const TABLE_WRITTEN = /^(?:insert into|update|delete from) "(\w+)"/;

/**
 * Remembers answers until a row of their table may have changed. A commit of this process that wrote to the table makes it forget
 * before the commit's caller hears of it. Another process's commit is seen when `version` tells another number: it is
 * asked once in a turn of the event loop, and whatever arrives later, and so could know of the change, is served in a later turn.
 *
 * @param version changes when another process has committed (SQLite's `data_version` on the connection that writes).
 */
export function createSteadyMemory(version: () => number): SteadyMemory {
  const answers = new Map<string, Promise<unknown>>();
  const tables = new Set<string>();
  let known: number | undefined;
  let isChecked = false;
  let isChanged = false;
  const check = () => {
    if (isChecked) return;
    const current = version();
    if (current !== known) answers.clear();
    known = current;
    isChecked = true;
    setImmediate(() => {
      isChecked = false;
    });
  };
  return {
    recall<Input, Row>(query: Prepared<Input, Row>, input: Input, ask: () => Promise<Row | undefined>) {
      check();
      const key = keyOf(query.sql, query.bind(input));
      let answer = answers.get(key);
      if (answer === undefined) {
        answer = ask();
        if (answers.size >= MOST_ANSWERS) answers.clear();
        tables.add(tableRead(query.sql));
        answers.set(key, answer);
        answer.catch(() => answers.delete(key));
      }
      return answer as Promise<Row | undefined>;
    },
    noteStatement(sql) {
      if (isChanged || sql.startsWith("select ")) return;
      const [, table] = TABLE_WRITTEN.exec(sql) ?? [];
      isChanged = table === undefined || tables.has(table);
    },
    committed() {
      if (isChanged) answers.clear();
      isChanged = false;
    },
  };
}

function tableRead(sql: string): string {
  const [, table] = TABLE_READ.exec(sql) ?? [];
  if (table === undefined) throw new Error(`The steady query "${sql}" reads no table.`);
  return table;
}

/** A number and its text, or two values and one with a break in it, are different questions. */
function keyOf(sql: string, values: readonly ColumnValue[]): string {
  let key = sql;
  for (const value of values) {
    const text = String(value);
    key += ` ${typeof value} ${text.length} ${text}`;
  }
  return key;
}
