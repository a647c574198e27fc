import type { TestCase, TestModule, TestSuite } from "vitest/node";
import type { TestRun } from "./compare.ts";
import type { Step } from "./step.ts";

/** What the tests under a `describe` of the first level have come to. */
export function runsUnder(modules: readonly TestModule[], first: string): TestRun[] {
  return modules
    .flatMap(({ children }) => [...children.allTests()])
    .map((test) => ({ test, path: pathOf(test) }))
    .filter(({ path }) => path[0] === first)
    .map(({ test, path: [, topic = "", ...names] }) => ({
      topic,
      name: names.join(" > "),
      ...outcomeOf(test),
      steps: (test.meta() as { steps?: Step[] }).steps ?? [],
    }));
}

/** What failed outside of all tests: the file could not be read, or a service could not be prepared or restored. */
export function errorsOf(modules: readonly TestModule[]): string[] {
  const places = modules.flatMap((module) => [module, ...module.children.allSuites()]);
  return places.flatMap((place) => place.errors().map(({ message }) => firstLine(message)));
}

function pathOf(test: TestCase): string[] {
  return [...suitesOf(test).map(({ name }) => name), test.name];
}

function suitesOf({ parent }: TestCase | TestSuite): TestSuite[] {
  return parent.type === "suite" ? [...suitesOf(parent), parent] : [];
}

function outcomeOf(test: TestCase): Pick<TestRun, "state" | "reason"> {
  const { state, errors = [] } = test.result();
  if (state === "passed") return { state };
  const all = [...errors, ...suitesOf(test).flatMap((suite) => suite.errors())];
  const reason = all.map(({ message }) => firstLine(message))[0];
  return { state: state === "failed" ? state : "not run", ...(reason === undefined ? {} : { reason }) };
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}
