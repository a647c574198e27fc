import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { startPostgres } from "../../test/support/postgres-server.ts";

/** Two schemas of a PostgreSQL server, for two engines that must not disturb one another. */
export type PostgresPlaces = { urls: [string, string]; stop: () => Promise<void> };

/**
 * Takes the server of `DATABASE_URL`, or starts one whose commits wait for the disk. Where none can be had, says so on
 * standard output and gives `undefined`.
 */
export async function openPostgresPlaces(): Promise<PostgresPlaces | undefined> {
  try {
    const given = process.env.DATABASE_URL;
    const server = given ? { url: given, stop: async () => {} } : await startPostgres({ durable: true });
    const schemas = [randomName(), randomName()] as const;
    await run(server.url, schemas.map((schema) => `create schema ${schema}`).join(";"));
    return {
      urls: [inSchema(server.url, schemas[0]), inSchema(server.url, schemas[1])],
      async stop() {
        await run(server.url, schemas.map((schema) => `drop schema ${schema} cascade`).join(";"));
        await server.stop();
      },
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message.split("\n", 1)[0] : String(error);
    process.stdout.write(`PostgreSQL is left out, because there is none: ${reason}\n`);
    return undefined;
  }
}

function randomName(): string {
  return `bench_${randomBytes(6).toString("hex")}`;
}

function inSchema(url: string, schema: string): string {
  const placed = new URL(url);
  placed.searchParams.set("options", `-c search_path=${schema}`);
  return placed.href;
}

async function run(connectionString: string, sql: string): Promise<void> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
