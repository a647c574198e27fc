import type { Case } from "./case.ts";
import type { Sample } from "./measure.ts";

/** How often a bench goes round, how many requests each case sends then, and how many of them at once. */
export type Plan = { warmUp: number; rounds: number; requests: number; connections: readonly number[] };

/**
 * Measures the cases in turns, round after round, so that a noisy machine is noisy for all of them. The first rounds warm
 * up and do not count: a server that has run for a while is measured, its code compiled and its log of writes no longer growing.
 *
 * @returns samples by `case/connections`.
 */
export async function takeRounds(
  cases: readonly Case[],
  { warmUp, rounds, requests, connections }: Plan,
): Promise<Map<string, Sample[]>> {
  const samples = new Map<string, Sample[]>();
  for (let round = 1 - warmUp; round <= rounds; round++) {
    process.stdout.write(
      round > 0 ? `Round ${round} of ${rounds} ...\n` : `Warming up, ${1 - round} to go ...\n`,
    );
    for (const inFlight of connections) {
      for (const { key, sample } of cases) {
        const taken = await sample(requests, inFlight);
        const name = `${key}/${inFlight}`;
        if (round > 0) samples.set(name, [...(samples.get(name) ?? []), taken]);
      }
    }
  }
  return samples;
}
