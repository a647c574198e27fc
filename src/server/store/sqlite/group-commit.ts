import type { DatabaseSync } from "node:sqlite";
import type { Connection, Durability, Transaction } from "../database.ts";
import { createNesting } from "../nesting.ts";
import { begin, flushLevel, rollBack } from "./write-transaction.ts";

type Work<Result> = (transaction: Transaction) => Promise<Result>;

type Job = {
  work: Work<unknown>;
  /** One statement is all or nothing by itself and needs no savepoint. */
  single: boolean;
  durability: Durability;
  resolve(result: unknown): void;
  reject(error: unknown): void;
};

type Outcome = { result: unknown } | { error: unknown };

/** At most so many works share a commit, so that none waits for long. */
const GROUP = 128;
const RIDE_MS = 1_000;

/** Runs works on the one connection that writes. */
export interface GroupCommit {
  submit<Result>(work: Work<Result>, options: { single: boolean; durability?: Durability }): Promise<Result>;
  /** Adds a work of one statement to the next group, or to one of its own within a second. Nobody hears how it ends. */
  ride(work: Work<unknown>): void;
  /** Resolves when no transaction is open. Rejects inside a work, which would wait for itself. */
  idle(): Promise<void>;
  /** Throws when called inside a work. */
  refuseNested(): void;
  /** Resolves when everything submitted has settled; later works are refused. */
  close(): Promise<void>;
}

/**
 * Group commit: the works that come in during one turn of the event loop share one transaction and one disk
 * flush. Each has a savepoint of its own, so that a rejecting work undoes only itself; all callers wait for the commit,
 * and all reject when it fails. A work must await nothing but its connection's queries: others wait meanwhile.
 *
 * @param committed is called after each commit, before any caller hears of it.
 */
export function createGroupCommit(
  database: DatabaseSync,
  connection: Connection,
  committed: () => void,
): GroupCommit {
  const nesting = createNesting();
  // Works run one after the other, and the file has one writer: whoever runs holds every lock.
  const transaction: Transaction = { ...connection, lock: async () => {} };
  let queue: Job[] = [];
  const riders: Job[] = [];
  let rideBy: NodeJS.Timeout | undefined;
  let scheduled = false;
  let active: Promise<void> | undefined;
  let closed = false;
  const flush = flushLevel(database);

  const schedule = () => {
    if (scheduled || active !== undefined || queue.length === 0) return;
    scheduled = true;
    // After the poll phase: every request that has arrived by then is in the same group.
    setImmediate(() => {
      scheduled = false;
      const group = [...queue.splice(0, GROUP), ...riders.splice(0, GROUP)];
      active = commitGroup(group).finally(() => {
        active = undefined;
        schedule();
      });
    });
  };

  const commitGroup = async (group: Job[]): Promise<void> => {
    try {
      flush(group.some(({ durability }) => durability === "power-failure") ? "full" : "normal");
      await begin(database);
      const outcomes: Outcome[] = [];
      for (const job of group) outcomes.push(await attempt(job, group.length === 1));
      database.exec("commit");
      committed();
      settle(group, outcomes);
    } catch (error) {
      for (const job of group) job.reject(error);
      rollBack(database);
    }
  };

  const attempt = async (job: Job, alone: boolean): Promise<Outcome> => {
    const savepoint = !job.single && !alone;
    if (savepoint) database.exec("savepoint work");
    try {
      const result = await nesting.run(() => job.work(transaction));
      if (savepoint) database.exec("release work");
      return { result };
    } catch (error) {
      // Some errors (disk full, input/output) end the whole transaction: then all that shared it has failed.
      if (!database.isTransaction) throw error;
      if (savepoint) database.exec("rollback to work; release work");
      else if (alone) database.exec("rollback; begin");
      return { error };
    }
  };

  const embark = () => {
    clearTimeout(rideBy);
    rideBy = undefined;
    queue.push(...riders.splice(0));
    schedule();
  };

  return {
    refuseNested: nesting.refuse,
    async submit<Result>(
      work: Work<Result>,
      { single, durability = "power-failure" }: { single: boolean; durability?: Durability },
    ): Promise<Result> {
      nesting.refuse();
      if (closed) throw new Error("The store is closed.");
      return new Promise<Result>((resolve, reject) => {
        queue.push({ work, single, durability, resolve: resolve as Job["resolve"], reject });
        schedule();
      });
    },
    ride(work) {
      if (closed) return;
      riders.push({ work, single: true, durability: "crash", resolve() {}, reject() {} });
      rideBy ??= setTimeout(embark, RIDE_MS).unref();
    },
    async idle() {
      nesting.refuse();
      while (active !== undefined) await active;
    },
    async close() {
      closed = true;
      embark();
      while (queue.length > 0 || scheduled || active !== undefined) {
        await (active ?? new Promise((turn) => setImmediate(turn)));
      }
      queue = [];
    },
  };
}

/** To be called only after the commit: what the callers are told is durable. */
function settle(group: readonly Job[], outcomes: readonly Outcome[]): void {
  for (const [index, job] of group.entries()) {
    const outcome = outcomes[index] as Outcome;
    if ("error" in outcome) job.reject(outcome.error);
    else job.resolve(outcome.result);
  }
}
