import { EngineUnavailable } from "./error.ts";
import { type Exchange, exchange, type Fetch } from "./http/exchange.ts";
import { readAnswer } from "./http/read-answer.ts";
import { announcedWaitMs, backoffMs, isWorthRepeating, MOST_TRIES } from "./http/repeating.ts";
import { checkToken, type HttpRequest, writeRequest } from "./http/write-request.ts";
import { type Authlete, type Operation, type OperationName, operations } from "./operations.ts";

/** What a client of the Authlete cloud is made of. */
export type AuthleteClientOptions = {
  /** Scheme and host of the Authlete cluster, with a path where it stands below one. */
  baseUrl: string;
  serviceId: string;
  /** The service access token. It appears in no error. */
  token: string;
  /** How long one call may take, its repetitions included, in milliseconds. */
  timeoutMs: number;
  fetch: Fetch;
  /** Milliseconds of a clock that never goes back. */
  clock?: () => number;
  sleep?: (ms: number) => Promise<void>;
  /** From 0 up to 1: spreads the repetitions of several clients. Nothing secret depends on it. */
  random?: () => number;
};

type Transport = Required<AuthleteClientOptions>;

/**
 * Makes a client of the Authlete 3.0 API: one function for each row of the contract table.
 *
 * A call rejects with `EngineRefusedCredentials` (401, most of 403), `EngineRefusedCall` (another 4xx), `EngineUnavailable` (429,
 * 5xx, no answer in time, no connection) or `EngineAnswerInvalid` (not JSON, not what the contract says, a redirect).
 * Rows that are repeatable are tried up to three times while the time lasts; all others exactly once, because the first
 * try may have spent the ticket.
 *
 * @throws Error when the token cannot travel in a header.
 */
export function createAuthleteClient(options: AuthleteClientOptions): Authlete {
  checkToken(options.token);
  const transport: Transport = {
    clock: () => performance.now(),
    sleep: (ms) => new Promise((done) => setTimeout(done, ms)),
    random: Math.random,
    ...options,
  };
  const calls = Object.entries(operations).map(([name, operation]) => [
    name,
    (request: Record<string, unknown>) =>
      call(transport, { name: name as OperationName, operation }, request),
  ]);
  return Object.fromEntries(calls) as Authlete;
}

type Row = { name: OperationName; operation: Operation };

async function call(transport: Transport, row: Row, request: Record<string, unknown>): Promise<unknown> {
  const written = writeRequest(transport, row, request);
  const answer = await (row.operation.repeatable ? sendRepeatedly : sendOnce)(transport, row, written);
  return readAnswer(row, answer);
}

async function sendOnce(transport: Transport, { name }: Row, request: HttpRequest): Promise<Exchange> {
  return exchange(transport.fetch, name, { ...request, signal: AbortSignal.timeout(transport.timeoutMs) });
}

async function sendRepeatedly(transport: Transport, { name }: Row, request: HttpRequest): Promise<Exchange> {
  const { clock, random, sleep, timeoutMs } = transport;
  const signal = AbortSignal.timeout(timeoutMs);
  const deadline = clock() + timeoutMs;
  for (let tries = 1; ; tries += 1) {
    const outcome = await exchange(transport.fetch, name, { ...request, signal }).catch(asUnavailable);
    const isLast = tries === MOST_TRIES || signal.aborted || !isWorthRepeating(outcome);
    const waitMs = Math.max(backoffMs(tries, random()), announcedWaitMs(outcome));
    if (isLast || clock() + waitMs >= deadline) return settled(outcome);
    await sleep(waitMs);
  }
}

function asUnavailable(error: unknown): EngineUnavailable {
  if (error instanceof EngineUnavailable) return error;
  throw error;
}

function settled(outcome: Exchange | EngineUnavailable): Exchange {
  if (outcome instanceof EngineUnavailable) throw outcome;
  return outcome;
}
