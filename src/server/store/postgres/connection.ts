import type { QueryResult } from "pg";
import { hashOf } from "../../secret/hash.ts";
import type { Connection } from "../database.ts";
import type { ColumnValue, Prepared } from "../prepared.ts";
import type { Query } from "./client.ts";

/** A text or number that a column cannot hold was to be written. */
export class UnstorableValueError extends TypeError {
  constructor() {
    super("PostgreSQL cannot store this value: no NUL, no half characters, whole numbers of 53 bits.");
    this.name = "UnstorableValueError";
  }
}

/** Runs prepared queries on one PostgreSQL connection, each SQL text compiled by the server once a connection. */
export function postgresConnection(query: Query): Connection {
  const execute = async <Input>({ sql, bind }: Prepared<Input, unknown>, input: Input) => {
    const values = bind(input);
    if (values.every(isStorable)) return query({ name: nameOf(sql), text: sql, values });
    // No row holds such a value, so none meets the conditions; what would write one is refused.
    if (!/^(?:select|delete) /.test(sql)) throw new UnstorableValueError();
    return NOTHING;
  };
  return {
    async first<Input, Row>(prepared: Prepared<Input, Row>, input: Input) {
      return (await execute(prepared, input)).rows[0] as Row | undefined;
    },
    async all<Input, Row>(prepared: Prepared<Input, Row>, input: Input) {
      return (await execute(prepared, input)).rows as Row[];
    },
    async run<Input>(prepared: Prepared<Input, unknown>, input: Input) {
      return (await execute(prepared, input)).rowCount ?? 0;
    },
  };
}

const NOTHING: Pick<QueryResult, "rows" | "rowCount"> = { rows: [], rowCount: 0 };

function isStorable(value: ColumnValue): boolean {
  if (typeof value === "string") return !value.includes("\0") && value.isWellFormed();
  return value === null || Number.isSafeInteger(value);
}

const names = new Map<string, string>();

/** The same name for the same text in every process: a pooler may hand a connection from one to another. */
function nameOf(sql: string): string {
  let name = names.get(sql);
  if (name === undefined) {
    name = hashOf(sql);
    names.set(sql, name);
  }
  return name;
}
