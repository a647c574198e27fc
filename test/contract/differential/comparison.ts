import type { CodeFlowServer } from "./code-flow-server.ts";
import {
  type Difference,
  explaining,
  firstDifference,
  spoiledIn,
  tellsAnotherFault,
  type Verdicts,
} from "./judge.ts";
import { knownDifferences } from "./known-differences.ts";
import type { Spoiling } from "./spoilings.ts";
import { makeTrip, type Trip } from "./trip.ts";

/** Both servers side by side, and which of the listed differences they have shown so far. */
export type Comparison = {
  /** Makes a trip at both. The text of a difference that is not listed; `undefined` where there is none. */
  compare(trip: Trip): Promise<string | undefined>;
  /** Listed differences that no trip has shown. */
  unneeded(): string[];
};

export function createComparison(engine: CodeFlowServer, peer: CodeFlowServer): Comparison {
  const shown = new Set<string>();
  const alone = createAlone(engine, peer);
  const isKnown = async (trip: Trip, difference: Difference): Promise<boolean> => {
    const reasons = explaining(knownDifferences, difference, spoiledIn(trip, difference.step));
    for (const { entry, spoiled } of reasons) shown.add(keyOf(entry, spoiled));
    return (
      reasons.length > 0 || tellsAnotherFault((spoiling) => alone(trip.party, spoiling), trip, difference)
    );
  };
  return {
    async compare(trip) {
      const [one, other] = await Promise.all([makeTrip(engine, trip), makeTrip(peer, trip)]);
      const difference = firstDifference(one, other);
      if (difference === undefined || (await isKnown(trip, difference))) return undefined;
      return described(trip, difference);
    },
    unneeded: () =>
      knownDifferences.flatMap((entry) =>
        entry.spoiled.map((spoiled) => keyOf(entry, spoiled)).filter((key) => !shown.has(key)),
      ),
  };
}

/** What both say to one spoiled thing, asked once. */
function createAlone(engine: CodeFlowServer, peer: CodeFlowServer) {
  const known = new Map<string, Promise<Verdicts>>();
  async function ask(trip: Trip, request: string): Promise<Verdicts> {
    const verdictOf = async (server: CodeFlowServer) =>
      (await makeTrip(server, trip)).find(({ step }) => step === request)?.verdict ?? "accepted";
    return { engine: await verdictOf(engine), peer: await verdictOf(peer) };
  }
  return (party: Trip["party"], spoiling: Spoiling): Promise<Verdicts> => {
    const key = `${party} ${spoiling.request} ${spoiling.name}`;
    const verdicts =
      known.get(key) ?? ask({ party, spoiled: [spoiling], ending: "refresh" }, spoiling.request);
    known.set(key, verdicts);
    return verdicts;
  };
}

function keyOf({ request, engine, peer }: { request: string } & Verdicts, spoiled: string): string {
  return `${request}, ${spoiled}: ${engine} here, ${peer} there`;
}

function described({ party, spoiled, ending }: Trip, { step, ...verdicts }: Difference): string {
  const names = spoiled.map(({ request, name }) => `${request}, ${name}`).join("; ") || "nothing spoiled";
  return `${party}, ${ending}, ${names}: ${keyOf({ request: step, ...verdicts }, "the verdict")}`;
}
