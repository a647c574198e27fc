import { DatabaseSync } from "node:sqlite";

/** Runs something while the table of sessions is gone, as if the store had broken. */
export async function withoutSessions(file: string, run: () => Promise<unknown>): Promise<void> {
  await damaged(file, run, [
    "alter table sessions rename to sessions_gone",
    "alter table sessions_gone rename to sessions",
  ]);
}

/** Runs something while what stands in every session is of a shape that no page expects. */
export async function damagedSessions(file: string, run: () => Promise<unknown>): Promise<void> {
  await damaged(file, run, [
    "update sessions set scopes = '[1]'",
    `update sessions set scopes = '["profile","email"]'`,
  ]);
}

async function damaged(
  file: string,
  run: () => Promise<unknown>,
  [damage, repair]: [damage: string, repair: string],
): Promise<void> {
  const database = new DatabaseSync(file, { timeout: 5_000 });
  database.exec(damage);
  try {
    await run();
  } finally {
    database.exec(repair);
    database.close();
  }
}
