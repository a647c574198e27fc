import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { inject } from "vitest";
import type { PlaceFactory } from "./store-factory.ts";

/** PostgreSQL, with a schema of its own for each test. */
export const inPostgres: PlaceFactory = {
  name: "PostgreSQL",
  isOneByOne: false,
  async createPlace() {
    const schema = `ticketgate_test_${randomBytes(8).toString("hex")}`;
    const url = new URL(inject("databaseUrl"));
    await ask(url.href, `create schema ${schema}`);
    const own = new URL(url);
    own.searchParams.set("application_name", schema);
    own.searchParams.set(
      "options",
      `${url.searchParams.get("options") ?? ""} -c search_path=${schema}`.trim(),
    );
    return {
      at: { url: own.href },
      ask: (sql) => ask(own.href, sql),
      scanning: (statements) => scanning(own.href, statements),
      async untilAlone() {
        const others = `select 1 from pg_stat_activity where application_name = '${schema}'`;
        while ((await ask(url.href, others)).length > 0) await new Promise((turn) => setTimeout(turn, 10));
      },
      async remove() {
        await ask(url.href, `drop schema ${schema} cascade`);
      },
    };
  },
};

async function ask(connectionString: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Looks at the plans for any values: the ones that statements get when they are run often. */
async function scanning(connectionString: string, statements: readonly string[]): Promise<string[]> {
  const client = new Client({ connectionString });
  await client.connect();
  const found: string[] = [];
  try {
    await client.query("set enable_seqscan = off; set plan_cache_mode = force_generic_plan");
    for (const sql of statements) {
      const values = Array.from(new Set(sql.match(/\$\d+/g)), () => "null").join(", ");
      await client.query(`prepare statement as ${sql}`);
      const { rows } = await client.query(`explain execute statement${values && ` (${values})`}`);
      await client.query("deallocate statement");
      if (rows.some((row: { "QUERY PLAN": string }) => row["QUERY PLAN"].includes("Seq Scan")))
        found.push(sql);
    }
  } finally {
    await client.end();
  }
  return found;
}
