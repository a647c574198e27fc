import { AsyncLocalStorage } from "node:async_hooks";

/** Knows, at every call, whether it comes from inside a work that has not ended. */
export interface Nesting {
  /** Runs a work; until it settles, calls that come from it are nested. */
  run<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Throws when called inside a work. */
  refuse(): void;
}

/** Guards against works that wait for themselves: one that reads or writes past its own transaction would. */
export function createNesting(): Nesting {
  const inside = new AsyncLocalStorage<{ open: boolean }>();
  return {
    async run(work) {
      const context = { open: true };
      try {
        return await inside.run(context, work);
      } finally {
        context.open = false;
      }
    },
    refuse() {
      if (inside.getStore()?.open) {
        throw new Error("A work in a transaction must use the transaction that it was given.");
      }
    },
  };
}
