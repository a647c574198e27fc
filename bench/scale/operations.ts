import type { EngineWriter } from "../../src/server/engine/ports.ts";
import { quantile } from "../measure.ts";
import type { Filled, SampledToken } from "./fill.ts";
import { randomHash, SERVICE_ID, tokenOf } from "./records.ts";

/** What an operation is done to: a stored token, and a stored authorization code. */
type Subject = SampledToken & { artifact: string };

type Read = (filled: Filled, subject: Subject) => Promise<unknown>;
type Write = (writer: EngineWriter, subject: Subject) => Promise<unknown>;

const reads: Record<string, Read> = {
  findByAccessToken: ({ store }, { accessTokenHash }) =>
    store.engine.read.findByAccessToken(SERVICE_ID, accessTokenHash),
  findByRefreshToken: ({ store }, { refreshTokenHash }) =>
    store.engine.read.findByRefreshToken(SERVICE_ID, refreshTokenHash),
};

const writes: Record<string, Write> = {
  insertToken: (writer) => writer.insertToken(tokenOf(Date.now())),
  replaceToken: (writer, { id, refreshTokenHash, clientId, subject }) => {
    const next = { accessTokenHash: randomHash(), refreshTokenHash: randomHash() };
    return writer.replaceToken(refreshTokenHash, { ...tokenOf(Date.now()), id, clientId, subject, ...next });
  },
  consumeArtifact: (writer, { artifact }) =>
    writer.consumeArtifact("authorization_code", artifact, Date.now()),
  deleteTokensOf: (writer, { clientId, subject }) => writer.deleteTokensOf(SERVICE_ID, clientId, subject),
};

/** Microseconds that each piece of work took. */
async function timed(
  subjects: readonly Subject[],
  work: (subject: Subject) => Promise<unknown>,
): Promise<number[]> {
  const times: number[] = [];
  for (const subject of subjects) {
    const start = performance.now();
    const outcome = await work(subject);
    times.push((performance.now() - start) * 1000);
    if (!outcome) throw new Error("a row was not there");
  }
  return times;
}

type Timing = (filled: Filled, subjects: readonly Subject[]) => Promise<number[]>;

/** As a caller has it: a write is durable when it comes back. */
const asCalled: Record<string, Timing> = {
  ...timings(reads, (read) => (filled, subjects) => timed(subjects, (subject) => read(filled, subject))),
  ...timings(
    writes,
    (write) =>
      ({ store }, subjects) =>
        timed(subjects, (subject) => store.engine.write((writer) => write(writer, subject))),
  ),
};

/** The statement alone, between others of one transaction: what the commit costs is not in it. */
const asStatement: Record<string, Timing> = timings(
  writes,
  (write) =>
    ({ store }, subjects) =>
      store.engine.write((writer) => timed(subjects, (subject) => write(writer, subject))),
);

function timings<Work>(works: Record<string, Work>, timing: (work: Work) => Timing): Record<string, Timing> {
  return Object.fromEntries(Object.entries(works).map(([name, work]) => [name, timing(work)]));
}

/** The medians of one operation at two sizes, in microseconds. */
export type Medians = { operation: string; small: number; large: number };

/** How often the sizes take turns, and how many rows each turn takes. */
type Turns = { rounds: number; rows: number };

/** So many rows are needed: none is taken twice by one operation, and the first turn of each warms up. */
export function rowsNeeded({ rounds, rows }: Turns): number {
  return 2 * (rounds + 1) * rows;
}

/** Times the operations at two sizes, in turns: as they are called, and writes as statements too. */
export async function timeOperations(small: Filled, large: Filled, turns: Turns) {
  const first = rowsNeeded(turns) / 2;
  return {
    asCalled: await takeTurns(asCalled, [small, large], { ...turns, first: 0 }),
    asStatement: await takeTurns(asStatement, [small, large], { ...turns, first }),
  };
}

async function takeTurns(
  operations: Record<string, Timing>,
  [small, large]: readonly [Filled, Filled],
  { rounds, rows, first }: Turns & { first: number },
): Promise<Medians[]> {
  const medians: Medians[] = [];
  for (const [operation, time] of Object.entries(operations)) {
    const few: number[] = [];
    const many: number[] = [];
    for (let round = 0; round <= rounds; round++) {
      const from = first + round * rows;
      const taken = await time(small, subjectsOf(small, from, rows));
      const takenAmongMany = await time(large, subjectsOf(large, from, rows));
      if (round > 0) few.push(...taken);
      if (round > 0) many.push(...takenAmongMany);
    }
    medians.push({ operation, small: quantile(few, 0.5), large: quantile(many, 0.5) });
  }
  return medians;
}

function subjectsOf({ sampled }: Filled, from: number, rows: number): Subject[] {
  const artifacts = sampled.artifacts.slice(from, from + rows);
  return sampled.tokens
    .slice(from, from + rows)
    .map((token, index) => ({ ...token, artifact: artifacts[index] ?? "" }));
}
