import { type DocumentPorts, fetchDocument } from "./fetch-document.ts";

const KEPT_MS = 5 * 60_000;
const FAILURE_KEPT_MS = 10_000;
const FRESH_EVERY_MS = 60_000;
const TIMEOUT_MS = 3_000;
const MOST_KEPT = 256;
const MOST_AT_ONCE = 32;

/** What the fetcher is made of. */
export type DocumentFetcherOptions = Omit<DocumentPorts, "timeoutMs"> & {
  /** Milliseconds since the epoch. */
  clock: () => number;
  /** How long one document may take, in milliseconds. Three seconds unless given. */
  timeoutMs?: number;
  /** For how long a document is good, in milliseconds. Five minutes unless given; 0 keeps none. */
  keptMs?: number;
};

/**
 * Reads a document that a client publishes, as text. `fresh` asks for one newer than the last.
 *
 * @throws Error when it cannot be had.
 */
export type FetchDocument = (uri: string, options?: { fresh?: boolean }) => Promise<string>;

type Kept = {
  text: string | undefined;
  readAt: number;
  /** Why the last try failed, and when. */
  failure: { error: unknown; at: number } | undefined;
  /** When a fresh one was last asked for. */
  freshAt: number | undefined;
};

/**
 * Makes the reader of one kind of clients' documents. One is kept for a while, a failure for ten seconds; a fresh one is fetched once a minute
 * at most. Of one address one document is fetched at a time, for all who ask, and no more than 32 documents at once in all.
 */
export function createDocumentFetcher({
  clock,
  timeoutMs = TIMEOUT_MS,
  keptMs = KEPT_MS,
  ...ports
}: DocumentFetcherOptions): FetchDocument {
  const kept = new Map<string, Kept>();
  const inFlight = new Map<string, Promise<string>>();

  async function fetched(uri: string, fresh: boolean): Promise<string> {
    const before = kept.get(uri);
    const freshAt = fresh ? clock() : before?.freshAt;
    try {
      const text = await fetchDocument({ ...ports, timeoutMs }, uri);
      if (keptMs > 0) keep(kept, uri, { text, readAt: clock(), failure: undefined, freshAt });
      else kept.delete(uri);
      return text;
    } catch (error) {
      const failure = { error, at: clock() };
      keep(kept, uri, { text: before?.text, readAt: before?.readAt ?? 0, failure, freshAt });
      throw error;
    }
  }

  function fetchOnce(uri: string, fresh: boolean): Promise<string> {
    const running = inFlight.get(uri);
    if (running !== undefined) return running;
    if (inFlight.size >= MOST_AT_ONCE) throw new Error("too many documents are being fetched");
    const started = fetched(uri, fresh).finally(() => inFlight.delete(uri));
    inFlight.set(uri, started);
    return started;
  }

  return async (uri, { fresh = false } = {}) => {
    const known = kept.get(uri);
    if (!known || mayBeTried(known, { fresh, keptMs, now: clock() })) return fetchOnce(uri, fresh);
    if (known.text !== undefined && clock() - known.readAt < keptMs) return known.text;
    throw known.failure?.error;
  };
}

/** A clock that goes back keeps nothing alive. */
function mayBeTried(
  known: Kept,
  { fresh, keptMs, now }: { fresh: boolean; keptMs: number; now: number },
): boolean {
  const within = (since: number, ms: number) => now >= since && now - since < ms;
  if (known.failure && within(known.failure.at, FAILURE_KEPT_MS)) return false;
  if (fresh && (known.freshAt === undefined || !within(known.freshAt, FRESH_EVERY_MS))) return true;
  return known.text === undefined || !within(known.readAt, keptMs);
}

/** The document that was fetched longest ago goes when there are too many. */
function keep(kept: Map<string, Kept>, uri: string, entry: Kept): void {
  kept.delete(uri);
  kept.set(uri, entry);
  const [oldest] = kept.keys();
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
}
