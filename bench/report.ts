import { cpus } from "node:os";
import type { Case } from "./case.ts";
import { quantile, type Sample } from "./measure.ts";
import type { Plan } from "./rounds.ts";
import { pinned } from "./server.ts";

/** What is measured of a case: medians of the rounds, quantiles of all requests. */
export type Row = { cpu: number; perSecond: number; p50: number; p99: number; rss: number };

/** A number that is compared with the largest value it may have. */
export type Target = { name: string; value: number; most: number };

type Measured = {
  cases: readonly Case[];
  plan: Plan;
  samples: ReadonlyMap<string, readonly Sample[]>;
  /** What the rows of one number of connections are held to. */
  targets: (row: (key: string) => Row | undefined) => Target[];
};

const median = (values: readonly number[]) => quantile(values, 0.5);

function rowOf(samples: readonly Sample[]): Row {
  const latencies = samples.flatMap((sample) => sample.latenciesMs);
  return {
    cpu: median(samples.map((sample) => sample.cpuMicroseconds / sample.requests)),
    perSecond: median(samples.map((sample) => sample.requests / sample.seconds)),
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    rss: Math.max(...samples.map((sample) => sample.rssBytes)) / 2 ** 20,
  };
}

/** The tables of one run, the numbers that are compared with the targets, and whether these are met. */
export function report({ cases, plan, samples, targets }: Measured): string {
  const tables = plan.connections.map((connections) => {
    const rows = new Map(cases.map(({ key }) => [key, rowOf(samples.get(`${key}/${connections}`) ?? [])]));
    const title = connections === 1 ? "One connection" : `${connections} connections`;
    return `\n${title}\n${table(cases, rows)}\n${targetLines(targets((key) => rows.get(key)))}`;
  });
  const { rounds, requests } = plan;
  const placed = pinned ? "pinned to one core" : "not pinned";
  return `\n${machine()}; servers ${placed}; ${rounds} rounds of ${requests} requests a case, interleaved; CPU and requests/s are medians of the rounds\n${tables.join("")}`;
}

/** What a bench runs on. */
export function machine(): string {
  return `${cpus()[0]?.model}, Node ${process.versions.node}`;
}

function table(cases: readonly Case[], rows: ReadonlyMap<string, Row>): string {
  const keyWidth = Math.max(...cases.map(({ key }) => key.length)) + 2;
  const titleWidth = Math.max(...cases.map(({ title }) => title.length)) + 2;
  const lines = cases.map(({ key, title }) => {
    const { perSecond, p50, p99, cpu, rss } = rows.get(key) as Row;
    const cells = [perSecond.toFixed(0), p50.toFixed(2), p99.toFixed(2), cpu.toFixed(0), rss.toFixed(0)];
    return [key.padEnd(keyWidth), title.padEnd(titleWidth), ...cells.map((cell) => cell.padStart(9))].join(
      "",
    );
  });
  const head = ["req/s", "p50 ms", "p99 ms", "CPU us", "RSS MB"].map((cell) => cell.padStart(9)).join("");
  return `${"".padEnd(keyWidth + titleWidth)}${head}\n${lines.join("\n")}`;
}

/** A line for each target: what it is about, its value, the most it may be, and whether it is met. */
export function targetLines(targets: readonly Target[]): string {
  const width = Math.max(...targets.map(({ name }) => name.length)) + 2;
  const lines = targets.map(({ name, value, most }) => {
    const verdict = value <= most ? "met" : "MISSED";
    return `  ${name.padEnd(width)}${value.toFixed(2).padStart(6)}   target ${most.toFixed(2)}   ${verdict}\n`;
  });
  return lines.join("");
}
