import type { Comparison, Difference } from "./compare.ts";

/** The comparison for people: one paragraph per topic, with what is different in it. */
export function parityReport(comparisons: readonly Comparison[]): string {
  const topics = Map.groupBy(comparisons, ({ topic }) => topic);
  const calls = comparisons.reduce((sum, comparison) => sum + comparison.calls, 0);
  const totals = [
    counted(comparisons.length, "test"),
    counted(calls, "call"),
    counted(countOf(comparisons), "difference"),
  ];
  return [...[...topics].map(([topic, tests]) => paragraph(topic, tests)), `${totals.join(", ")}.\n`].join(
    "\n",
  );
}

/** How many differences there are; result codes are none. */
export function countOf(comparisons: readonly Comparison[]): number {
  return comparisons.reduce((sum, { differences }) => sum + differences.length, 0);
}

function paragraph(topic: string, tests: readonly Comparison[]): string {
  const count = countOf(tests);
  const head = count === 0 ? "no difference" : counted(count, "difference");
  const codes = tests.flatMap((test) => test.codes);
  return [
    `${topic}: ${head} (${counted(tests.length, "test")})`,
    ...tests.filter(({ differences }) => differences.length > 0).flatMap(lines),
    ...(codes.length > 0 ? ["  result codes, not counted", ...[...new Set(codes.map(codeLine))]] : []),
    "",
  ].join("\n");
}

function lines({ name, differences }: Comparison): string[] {
  return [`  ${name}`, ...differences.map(line)];
}

function line({ where, what, embedded, compared }: Difference): string {
  return `    ${where}: ${what}\n      embedded  ${embedded}\n      compared  ${compared}`;
}

function codeLine({ where, embedded, compared }: Difference): string {
  return `    ${where.replace(/^call \d+ /, "")}: embedded ${embedded}, compared ${compared}`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
