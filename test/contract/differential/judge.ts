import type { Verdict } from "./code-flow-server.ts";
import type { KnownDifference } from "./known-differences.ts";
import type { SpoiledRequest, Spoiling } from "./spoilings.ts";
import type { Trip, TripStep } from "./trip.ts";

/** What both servers said to the same request. */
export type Verdicts = { engine: Verdict; peer: Verdict };

/** The first step of a trip that the servers judged differently. What comes after it cannot be compared. */
export type Difference = Verdicts & { step: string };

/** `undefined` where the trip was the same at both servers to its end. */
export function firstDifference(
  engine: readonly TripStep[],
  peer: readonly TripStep[],
): Difference | undefined {
  const at = engine.findIndex(({ verdict }, index) => verdict !== peer[index]?.verdict);
  const [one, other] = [engine[at], peer[at]];
  return one && other ? { step: one.step, engine: one.verdict, peer: other.verdict } : undefined;
}

/** What is spoiled in one request of a trip, by name. */
export function spoiledIn({ spoiled }: Trip, request: string): string[] {
  return spoiled.filter((spoiling) => spoiling.request === request).map(({ name }) => name);
}

/** The listed differences that explain this one: the same verdicts on a request with the same things spoiled. */
export function explaining(
  known: readonly KnownDifference[],
  { step, engine, peer }: Difference,
  names: readonly string[],
): { entry: KnownDifference; spoiled: string }[] {
  return known
    .filter((entry) => entry.request === step && entry.engine === engine && entry.peer === peer)
    .flatMap((entry) => entry.spoiled.map((spoiled) => ({ entry, spoiled })))
    .filter(({ spoiled }) => spoiled.split(" + ").every((name) => names.includes(name)));
}

/** What both servers say to a request in which one thing is spoiled. */
export type Alone = (spoiling: Spoiling) => Promise<Verdicts>;

/**
 * Whether the servers only tell different faults of a request that has several: which one is told is nowhere prescribed. Each has to tell one
 * that it would tell if it were the only one, and on a page where one of them alone would be told on a page.
 */
export async function tellsAnotherFault(
  alone: Alone,
  { spoiled }: Trip,
  { step, engine, peer }: Difference,
): Promise<boolean> {
  const here = spoiled.filter(({ request }) => request === (step as SpoiledRequest));
  if (here.length < 2) return false;
  const each = await Promise.all(here.map(alone));
  return (
    isToldOf(
      engine,
      each.map((verdicts) => verdicts.engine),
    ) &&
    isToldOf(
      peer,
      each.map((verdicts) => verdicts.peer),
    )
  );
}

function isToldOf(told: Verdict, faults: readonly Verdict[]): boolean {
  const [channel, error] = told.split(" ");
  const refusals = faults.map((fault) => fault.split(" ")).filter(([, reason]) => reason !== undefined);
  const onPage = refusals.some(([place]) => place === "page");
  const isRightChannel = onPage ? channel === "page" : refusals.some(([place]) => place === channel);
  return isRightChannel && refusals.some(([, reason]) => reason === error);
}
