import type { Step } from "./step.ts";

/** What came of one test against one service. */
export type TestRun = {
  /** The `describe` of the topic. */
  topic: string;
  /** What follows in the test's name. */
  name: string;
  state: "passed" | "failed" | "not run";
  /** Why it did not pass. */
  reason?: string;
  steps: Step[];
};

/** One thing that is not the same with both services. `-` stands for nothing. */
export type Difference = { where: string; what: string; embedded: string; compared: string };

/** The comparison of one test. Differences between result codes are told, and count for nothing: they are for logs. */
export type Comparison = Pick<TestRun, "topic" | "name"> & {
  differences: Difference[];
  codes: Difference[];
  /** How many calls were compared. */
  calls: number;
};

/** Compares the runs of the same suite, test by test. What ran against one service alone is a difference too. */
export function compareRuns(embedded: readonly TestRun[], compared: readonly TestRun[]): Comparison[] {
  const left = new Map(compared.map((run) => [keyOf(run), run]));
  const known = embedded.map((run) => {
    const other = left.get(keyOf(run));
    left.delete(keyOf(run));
    return compareTest(run, other ?? notRun(run));
  });
  return [...known, ...[...left.values()].map((run) => compareTest(notRun(run), run))];
}

function keyOf({ topic, name }: TestRun): string {
  return JSON.stringify([topic, name]);
}

function notRun({ topic, name }: TestRun): TestRun {
  return { topic, name, state: "not run", steps: [] };
}

function compareTest(embedded: TestRun, compared: TestRun): Comparison {
  const { topic, name } = embedded;
  const steps = pairs(embedded.steps, compared.steps);
  return {
    topic,
    name,
    differences: [
      ...compareOutcomes(embedded, compared),
      ...steps.flatMap(([one, other], index) => compareStep(index, one, other)),
    ],
    codes: steps.flatMap(([one, other], index) => compareCodes(index, one, other)),
    calls: steps.length,
  };
}

/** A test that did not pass is a difference, also where it did not pass twice: then nobody knows. */
function compareOutcomes(embedded: TestRun, compared: TestRun): Difference[] {
  if (embedded.state === "passed" && compared.state === "passed") return [];
  return [difference("the test", "outcome", [outcomeOf(embedded), outcomeOf(compared)])];
}

function outcomeOf({ state, reason }: TestRun): string {
  return reason === undefined ? state : `${state}: ${reason}`;
}

type MaybeStep = Step | undefined;

function pairs(embedded: readonly Step[], compared: readonly Step[]): [MaybeStep, MaybeStep][] {
  const length = Math.max(embedded.length, compared.length);
  return Array.from({ length }, (_, index) => [embedded[index], compared[index]]);
}

function compareStep(index: number, one: MaybeStep, other: MaybeStep): Difference[] {
  if (!one || !other || one.operation !== other.operation) {
    return [difference(`call ${index + 1}`, "operation", [one?.operation, other?.operation])];
  }
  const where = `call ${index + 1} ${one.operation}`;
  return [
    difference(where, "action", [one.action, other.action]),
    difference(where, "OAuth error", [one.error, other.error]),
    difference(where, "members", onlyIn(one.members, other.members)),
    difference(where, "members of responseContent", onlyIn(one.content, other.content)),
  ].filter(isDifferent);
}

function compareCodes(index: number, one: MaybeStep, other: MaybeStep): Difference[] {
  if (one?.operation !== other?.operation) return [];
  const where = `call ${index + 1} ${one?.operation}`;
  return [difference(where, "result code", [one?.resultCode, other?.resultCode])].filter(isDifferent);
}

function difference(where: string, what: string, [one, other]: (string | undefined)[]): Difference {
  return { where, what, embedded: one ?? "-", compared: other ?? "-" };
}

function isDifferent({ embedded, compared }: Difference): boolean {
  return embedded !== compared;
}

/** What each has that the other has not. */
function onlyIn(one: readonly string[], other: readonly string[]): (string | undefined)[] {
  const without = (names: readonly string[], others: readonly string[]) =>
    names.filter((name) => !others.includes(name)).join(", ") || undefined;
  return [without(one, other), without(other, one)];
}
