import type { DatabaseSync } from "node:sqlite";

const BUSY = 5;
const BUSY_WAIT_MS = 5_000;
const BUSY_STEP_MS = 20;

/** Should even this fail, the next `begin` does too, and its callers are told. */
export function rollBack(database: DatabaseSync): void {
  try {
    if (database.isTransaction) database.exec("rollback");
  } catch {}
}

/**
 * Whether a commit waits for the disk. In WAL mode one that does takes all earlier ones with it; one that does not survives the end of
 * this process, and only a power failure can undo it.
 */
export function flushLevel(database: DatabaseSync): (level: "full" | "normal") => void {
  let current: string | undefined;
  return (level) => {
    if (level === current) return;
    database.exec(`pragma synchronous = ${level}`);
    current = level;
  };
}

/** Takes the write lock of the file. While another process has it, this one goes on answering. */
export async function begin(database: DatabaseSync): Promise<void> {
  const deadline = performance.now() + BUSY_WAIT_MS;
  for (let delay = 1; ; delay = Math.min(delay * 2, BUSY_STEP_MS)) {
    try {
      database.exec("begin immediate");
      return;
    } catch (error) {
      if (!isBusy(error) || performance.now() >= deadline) throw error;
    }
    await new Promise((turn) => setTimeout(turn, delay));
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && (Number(error.errcode) & 0xff) === BUSY;
}
