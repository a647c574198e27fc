import fc from "fast-check";
import { knownDifferences } from "./known-differences.ts";
import { type SpoiledRequest, type Spoiling, spoilings } from "./spoilings.ts";
import type { Trip } from "./trip.ts";

const travellers = ["web", "spa"] as const;

/** Trips with nothing spoiled. */
export const goodTrips: readonly Trip[] = travellers.flatMap((party) => [
  { party, spoiled: [], ending: "code again" },
  { party, spoiled: [], ending: "refresh" },
]);

/** Every single thing spoiled, for each client. */
export const singleTrips: readonly Trip[] = travellers.flatMap((party) =>
  spoilings.map((spoiling): Trip => ({ party, spoiled: [spoiling], ending: "refresh" })),
);

/** The trips that show those of the listed differences that need two things. */
export const listedTrips: readonly Trip[] = knownDifferences.flatMap(({ request, spoiled }) =>
  spoiled
    .map((names) => names.split(" + "))
    .filter(({ length }) => length > 1)
    .map(
      (names): Trip => ({
        party: "web",
        spoiled: names.map((name) => found(request, name)),
        ending: "refresh",
      }),
    ),
);

function found(request: SpoiledRequest, name: string): Spoiling {
  const spoiling = spoilings.find((known) => known.request === request && known.name === name);
  if (spoiling === undefined) throw new Error(`nothing is spoiled by the name of ${name} in the ${request}`);
  return spoiling;
}

/** A trip by the names of what is spoiled, so that a failure shows it. */
export type NamedTrip = Omit<Trip, "spoiled"> & { spoiled: [request: SpoiledRequest, name: string][] };

export function tripOf({ spoiled, ...trip }: NamedTrip): Trip {
  return { ...trip, spoiled: spoiled.map(([request, name]) => found(request, name)) };
}

/** Two things spoiled: most often in the same request, where one can hide the other. */
export const anyTrip: fc.Arbitrary<NamedTrip> = fc.record({
  party: fc.constantFrom(...travellers),
  ending: fc.constantFrom("code again" as const, "refresh" as const),
  spoiled: fc.oneof(
    ...(["authorization", "redemption", "refresh"] as const).map((request) =>
      twoOf(spoilings.filter((spoiling) => spoiling.request === request)),
    ),
    twoOf(spoilings),
  ),
});

function twoOf(among: readonly Spoiling[]): fc.Arbitrary<NamedTrip["spoiled"]> {
  const names = among.map(({ request, name }): NamedTrip["spoiled"][number] => [request, name]);
  return fc.uniqueArray(fc.constantFrom(...names), {
    minLength: 2,
    maxLength: 2,
    selector: ([request, name]) => `${request} ${name}`,
  });
}
