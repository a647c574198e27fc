import type { ColumnValue, Prepared } from "../prepared.ts";

/** What the database has answered in this turn of the event loop. */
export interface TurnMemory {
  /** The answer to a query in this turn, or the one that `ask` gets, kept for the rest of it. */
  recall<Input, Row>(
    query: Prepared<Input, Row>,
    input: Input,
    ask: () => Promise<Row | undefined>,
  ): Promise<Row | undefined>;
  /** To be called when something was written: what was answered before may not hold any more. */
  forget(): void;
}

/**
 * Remembers answers until the turn of the event loop ends. Whatever arrives later, and so could know of a change by another process,
 * is served in a later turn.
 */
export function createTurnMemory(): TurnMemory {
  const answers = new Map<string, Map<string, Promise<unknown>>>();
  let ending = false;
  const forget = () => {
    for (const known of answers.values()) known.clear();
  };
  const end = () => {
    ending = false;
    forget();
  };
  return {
    forget,
    recall<Input, Row>(query: Prepared<Input, Row>, input: Input, ask: () => Promise<Row | undefined>) {
      const known = answersTo(answers, query.sql);
      const key = keyOf(query.bind(input));
      const answer = known.get(key) ?? ask();
      known.set(key, answer);
      if (!ending) setImmediate(end);
      ending = true;
      return answer as Promise<Row | undefined>;
    },
  };
}

function answersTo(answers: Map<string, Map<string, Promise<unknown>>>, sql: string) {
  let known = answers.get(sql);
  if (known === undefined) {
    known = new Map();
    answers.set(sql, known);
  }
  return known;
}

/** A number and its text, or two values and one with a break in it, are different questions. */
function keyOf(values: readonly ColumnValue[]): string {
  let key = "";
  for (const value of values) {
    const text = String(value);
    key += `${typeof value} ${text.length} ${text}`;
  }
  return key;
}
