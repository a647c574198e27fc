import type { Connection } from "../database.ts";

type Work = (connection: Connection) => Promise<unknown>;

/** At most so many share a transaction. */
const GROUP = 100;

/** Runs works that nobody waits for, in order, those that gather meanwhile in one transaction. */
export interface Riders {
  add(work: Work): void;
  /** Resolves when every work that was added before this call has ended. Never rejects. */
  settled(): Promise<void>;
  /** The same, and later works are left out. */
  close(): Promise<void>;
}

/** @param transaction runs works in one transaction, all of them or none. */
export function createRiders(transaction: (works: readonly Work[]) => Promise<void>): Riders {
  let gathering: Work[] | undefined;
  let last = Promise.resolve();
  let closed = false;

  const runAll = async (works: readonly Work[]) => {
    try {
      await transaction(works);
    } catch {
      // One of them failed and took the others with it.
      for (const work of works) await transaction([work]).catch(() => {});
    }
  };

  const gather = (): Work[] => {
    const group: Work[] = [];
    last = last.then(() => {
      if (gathering === group) gathering = undefined;
      return runAll(group);
    });
    return group;
  };

  return {
    add(work) {
      if (closed) return;
      if (gathering === undefined || gathering.length === GROUP) gathering = gather();
      gathering.push(work);
    },
    settled: () => last,
    close() {
      closed = true;
      return last;
    },
  };
}
