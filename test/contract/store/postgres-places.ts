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
      async scans(sql) {
        const client = new Client({ connectionString: own.href });
        await client.connect();
        await client.query("set enable_seqscan = off");
        const { rows } = await client.query(`explain (generic_plan) ${sql}`);
        await client.end();
        return rows.some((row: { "QUERY PLAN": string }) => row["QUERY PLAN"].includes("Seq Scan"));
      },
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
