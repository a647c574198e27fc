import { quantile } from "../measure.ts";
import type { Filled } from "./fill.ts";
import { randomHash, SERVICE_ID, tokenOf } from "./records.ts";

/** An operation of the store: does it so many times, each time on other rows, and gives the times in microseconds. */
type Operation = (filled: Filled, rows: { from: number; count: number }) => Promise<number[]>;

async function timed<Value>(
  values: readonly Value[],
  work: (value: Value) => Promise<unknown>,
): Promise<number[]> {
  const times: number[] = [];
  for (const value of values) {
    const start = performance.now();
    const outcome = await work(value);
    times.push((performance.now() - start) * 1000);
    if (outcome === undefined || outcome === false || outcome === 0) throw new Error("a row was not there");
  }
  return times;
}

const tokensOf = ({ sampled }: Filled, { from, count }: { from: number; count: number }) =>
  sampled.tokens.slice(from, from + count);

/** Reads see what is committed. Writes are timed within one transaction: the commit is the same for any number of rows. */
const operations: Record<string, Operation> = {
  findByAccessToken: (filled, rows) =>
    timed(tokensOf(filled, rows), ({ accessTokenHash }) =>
      filled.store.engine.read.findByAccessToken(SERVICE_ID, accessTokenHash),
    ),
  findByRefreshToken: (filled, rows) =>
    timed(tokensOf(filled, rows), ({ refreshTokenHash }) =>
      filled.store.engine.read.findByRefreshToken(SERVICE_ID, refreshTokenHash),
    ),
  insertToken: (filled, rows) =>
    filled.store.engine.write((writer) =>
      timed(tokensOf(filled, rows), () => writer.insertToken(tokenOf(Date.now()))),
    ),
  async replaceToken(filled, rows) {
    const { read, write } = filled.store.engine;
    const changes = await Promise.all(
      tokensOf(filled, rows).map(async ({ refreshTokenHash }) => {
        const stored = await read.findByRefreshToken(SERVICE_ID, refreshTokenHash);
        const next = { accessTokenHash: randomHash(), refreshTokenHash: randomHash() };
        return { refreshTokenHash, refreshed: { ...tokenOf(Date.now()), ...stored, ...next } };
      }),
    );
    return write((writer) =>
      timed(changes, ({ refreshTokenHash, refreshed }) => writer.replaceToken(refreshTokenHash, refreshed)),
    );
  },
  consumeArtifact: (filled, { from, count }) =>
    filled.store.engine.write((writer) =>
      timed(filled.sampled.artifacts.slice(from, from + count), (keyHash) =>
        writer.consumeArtifact("authorization_code", keyHash, Date.now()),
      ),
    ),
  deleteTokensOf: (filled, rows) =>
    filled.store.engine.write((writer) =>
      timed(tokensOf(filled, rows), ({ clientId, subject }) =>
        writer.deleteTokensOf(SERVICE_ID, clientId, subject),
      ),
    ),
};

/** The median of one operation at each size, in microseconds. */
export type Medians = { operation: string; small: number; large: number };

/**
 * Times the operations at two sizes in turns.
 *
 * @param plan.rounds how often; each round takes rows that no other took.
 * @param plan.rows how many rows a round takes.
 */
export async function timeOperations(
  small: Filled,
  large: Filled,
  { rounds, rows: count }: { rounds: number; rows: number },
): Promise<Medians[]> {
  const medians: Medians[] = [];
  for (const [operation, time] of Object.entries(operations)) {
    const times = { small: [] as number[], large: [] as number[] };
    for (let round = 0; round < rounds; round++) {
      const rows = { from: round * count, count };
      times.small.push(...(await time(small, rows)));
      times.large.push(...(await time(large, rows)));
    }
    medians.push({
      operation,
      small: quantile(times.small, 0.5),
      large: quantile(times.large, 0.5),
    });
  }
  return medians;
}
