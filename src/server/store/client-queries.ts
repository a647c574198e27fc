import type { Kysely } from "kysely";
import type { ClientFilter } from "../engine/ports.ts";
import { prepared } from "./prepared.ts";
import type { ClientRow, Schema } from "./schema.ts";

/** The key of a client's row. */
export type ClientKey = { service_id: string; client_id: number };

/** Which clients; a member that the query has no use for does not matter. */
type Selection = { service_id: string; developer: string; subject: string };

/** The queries over clients, compiled once for each store. */
export function clientQueries(db: Kysely<Schema>) {
  return { ...lookUps(db), ...changes(db), ...removals(db), ...lists(db) };
}

function lookUps(db: Kysely<Schema>) {
  return {
    revision: prepared(
      (key: ClientKey) =>
        db
          .selectFrom("clients")
          .select("revision")
          .where("service_id", "=", key.service_id)
          .where("client_id", "=", key.client_id),
      { steady: true },
    ),
    byAlias: prepared(
      (key: { service_id: string; alias: string }) =>
        db
          .selectFrom("clients")
          .select(["client_id", "revision"])
          .where("service_id", "=", key.service_id)
          .where("alias", "=", key.alias),
      { steady: true },
    ),
    find: prepared((key: ClientKey) =>
      db
        .selectFrom("clients")
        .selectAll()
        .where("service_id", "=", key.service_id)
        .where("client_id", "=", key.client_id),
    ),
  };
}

/** Every column but the key. */
function changeable(row: ClientRow) {
  return {
    alias: row.alias,
    developer: row.developer,
    document: row.document,
    sealed: row.sealed,
    revision: row.revision,
  };
}

function changes(db: Kysely<Schema>) {
  const insert = (row: ClientRow) =>
    db
      .insertInto("clients")
      .values({ service_id: row.service_id, client_id: row.client_id, ...changeable(row) });
  return {
    insert: prepared((row: ClientRow) => insert(row).onConflict((conflict) => conflict.doNothing())),
    upsert: prepared((row: ClientRow) =>
      insert(row).onConflict((conflict) =>
        conflict.columns(["service_id", "client_id"]).doUpdateSet(changeable(row)),
      ),
    ),
    replace: prepared((row: ClientRow) =>
      db
        .updateTable("clients")
        .set(changeable(row))
        .where("service_id", "=", row.service_id)
        .where("client_id", "=", row.client_id),
    ),
  };
}

function removals(db: Kysely<Schema>) {
  const belongings = ["tokens", "token_tickets", "artifacts", "granted_scopes", "grants"] as const;
  const remove = (table: (typeof belongings)[number] | "clients") =>
    prepared((key: ClientKey) =>
      db.deleteFrom(table).where("client_id", "=", key.client_id).where("service_id", "=", key.service_id),
    );
  return { remove: remove("clients"), removeBelongings: belongings.map(remove) };
}

function lists(db: Kysely<Schema>) {
  const selected = (input: Selection, { developer, subject }: ClientFilter) => {
    let query = db.selectFrom("clients").where("service_id", "=", input.service_id);
    if (developer !== undefined) query = query.where("developer", "=", input.developer);
    if (subject === undefined) return query;
    return query.where("client_id", "in", (tokens) =>
      tokens
        .selectFrom("tokens")
        .select("client_id")
        .where("subject", "=", input.subject)
        .where("service_id", "=", input.service_id),
    );
  };
  const listing = (filter: ClientFilter) =>
    prepared((input: Selection & { offset: number; limit: number }) =>
      selected(input, filter).selectAll().orderBy("client_id").limit(input.limit).offset(input.offset),
    );
  const counting = (filter: ClientFilter) =>
    prepared((input: Selection) =>
      selected(input, filter).select((expression) => expression.fn.countAll().as("total")),
    );
  return { list: byFilter(listing), count: byFilter(counting) };
}

/** One query for each combination of members that a filter may have. */
function byFilter<Query>(build: (filter: ClientFilter) => Query): (filter: ClientFilter) => Query {
  const all = build({});
  const ofDeveloper = build({ developer: "" });
  const ofSubject = build({ subject: "" });
  const ofBoth = build({ developer: "", subject: "" });
  return ({ developer, subject }) => {
    if (developer !== undefined) return subject === undefined ? ofDeveloper : ofBoth;
    return subject === undefined ? all : ofSubject;
  };
}
