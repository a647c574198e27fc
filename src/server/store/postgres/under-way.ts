/** What has begun and not ended. */
export interface UnderWay {
  /** Begins something. Rejects once `close` was called. */
  add<Result>(begin: () => Promise<Result>): Promise<Result>;
  /** Lets nothing begin any more, and resolves when all that has begun has ended. */
  close(): Promise<void>;
}

/** Keeps account of what is under way, so that closing can wait for it. */
export function createUnderWay(): UnderWay {
  const begun = new Set<Promise<unknown>>();
  let closed = false;
  return {
    async add(begin) {
      if (closed) throw new Error("The store is closed.");
      const running = begin();
      begun.add(running);
      try {
        return await running;
      } finally {
        begun.delete(running);
      }
    },
    async close() {
      closed = true;
      while (begun.size > 0) await Promise.allSettled(begun);
    },
  };
}
