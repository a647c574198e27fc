import type { Kysely } from "kysely";
import type { EngineReader, EngineWriter, Page, TokenFilter } from "../engine/ports.ts";
import type { Connection, Database } from "./database.ts";
import { type ColumnValue, type Prepared, prepared } from "./prepared.ts";
import type { Schema, TokenRow } from "./schema.ts";
import { tokenRecord } from "./token-row.ts";

type TokenLister = Pick<EngineReader, "listTokens" | "countTokens">;
type TokenRemover = Pick<EngineWriter, "deleteTokens">;

/** Tokens by client, subject, session and grant, in any combination. */
export type TokenFilters = {
  reader(connection: Connection): TokenLister;
  writer(connection: Connection): TokenRemover;
};

/** The members of a filter and their columns. */
const columns = {
  clientId: "client_id",
  subject: "subject",
  sessionId: "session_id",
  grantId: "grant_id",
} as const satisfies Record<keyof TokenFilter, keyof TokenRow>;

type Member = keyof typeof columns;

/** Makes the queries over tokens that a filter selects; each combination is compiled once, when it is first used. */
export function createTokenFilters({ builder }: Pick<Database, "builder">): TokenFilters {
  const known = new Map<string, FilterQueries>();
  const queriesFor = (members: readonly Member[]): FilterQueries => {
    const name = members.join(" ");
    const queries = known.get(name) ?? filterQueries(builder, members);
    known.set(name, queries);
    return queries;
  };
  return {
    reader: (connection) => ({
      async listTokens(serviceId, filter, page) {
        const rows = await connection.all(queriesFor(given(filter)).list, inputOf(serviceId, filter, page));
        return rows.map(tokenRecord);
      },
      async countTokens(serviceId, filter) {
        const row = await connection.first(queriesFor(given(filter)).count, inputOf(serviceId, filter));
        return Number(row?.total ?? 0);
      },
    }),
    writer: (connection) => ({
      async deleteTokens(serviceId, filter) {
        const members = given(filter);
        if (members.length === 0) return 0;
        return connection.run(queriesFor(members).remove, inputOf(serviceId, filter));
      },
    }),
  };
}

function given(filter: TokenFilter): Member[] {
  return (Object.keys(columns) as Member[]).filter((member) => filter[member] !== undefined);
}

type Input = Record<string, ColumnValue>;

function inputOf(serviceId: string, filter: TokenFilter, page: Page = { offset: 0, limit: 0 }): Input {
  const values = given(filter).map((member) => [columns[member], filter[member] as ColumnValue]);
  return { service_id: serviceId, offset: page.offset, limit: page.limit, ...Object.fromEntries(values) };
}

type FilterQueries = {
  list: Prepared<Input, TokenRow>;
  count: Prepared<Input, { total: number | string | bigint }>;
  remove: Prepared<Input, unknown>;
};

function filterQueries(db: Kysely<Schema>, members: readonly Member[]): FilterQueries {
  const names = members.map((member) => columns[member]);
  return {
    list: prepared((input: Input) => {
      let query = db.selectFrom("tokens").selectAll().where("service_id", "=", text(input, "service_id"));
      for (const name of names) query = query.where(name, "=", text(input, name));
      return query
        .orderBy("created_at")
        .orderBy("id")
        .limit(number(input, "limit"))
        .offset(number(input, "offset"));
    }),
    count: prepared((input: Input) => {
      let query = db
        .selectFrom("tokens")
        .select((expression) => expression.fn.countAll().as("total"))
        .where("service_id", "=", text(input, "service_id"));
      for (const name of names) query = query.where(name, "=", text(input, name));
      return query;
    }),
    remove: prepared((input: Input) => {
      let query = db.deleteFrom("tokens").where("service_id", "=", text(input, "service_id"));
      for (const name of names) query = query.where(name, "=", text(input, name));
      return query;
    }),
  };
}

/** A stand-in of the query that is compiled; it is a value of its column's type only in a call. */
function text(input: Input, name: string): string {
  return input[name] as string;
}

function number(input: Input, name: string): number {
  return input[name] as number;
}
