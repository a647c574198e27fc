import type { Case } from "./case.ts";
import type { Sample } from "./measure.ts";

/** How often a bench goes round, how many requests each case sends then, and how many of them at once. */
export type Plan = { rounds: number; requests: number; connections: readonly number[] };

/**
 * Measures the cases in turns, round after round, so that a noisy machine is noisy for all of them. The first round warms up
 * and does not count.
 *
 * @returns samples by `case/connections`.
 */
export async function takeRounds(
  cases: readonly Case[],
  { rounds, requests, connections }: Plan,
): Promise<Map<string, Sample[]>> {
  const samples = new Map<string, Sample[]>();
  for (let round = 0; round <= rounds; round++) {
    process.stdout.write(round === 0 ? "Warming up ...\n" : `Round ${round} of ${rounds} ...\n`);
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
