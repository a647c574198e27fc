import { quantile, type Sample } from "./measure.ts";

type Measured = {
  titles: ReadonlyMap<string, string>;
  /** Samples by `case/connections`. */
  samples: ReadonlyMap<string, readonly Sample[]>;
  connections: readonly number[];
  machine: string;
  pinned: boolean;
  rounds: number;
  requests: number;
};

type Row = { cpu: number; perSecond: number; p50: number; p99: number; rss: number };

const median = (values: readonly number[]) => quantile(values, 0.5);

function row(samples: readonly Sample[]): Row {
  const latencies = samples.flatMap((sample) => sample.latenciesMs);
  return {
    cpu: median(samples.map((sample) => sample.cpuMicroseconds / sample.requests)),
    perSecond: median(samples.map((sample) => sample.requests / sample.seconds)),
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    rss: Math.max(...samples.map((sample) => sample.rssBytes)) / 2 ** 20,
  };
}

/** The table of one run, the ratios that are compared with the targets, and whether they are met. */
export function report(measured: Measured): string {
  const rows = (connections: number) =>
    new Map(
      [...measured.titles.keys()]
        .toSorted()
        .map((key) => [key, row(measured.samples.get(`${key}/${connections}`) ?? [])]),
    );
  const header = `${measured.machine}; servers ${measured.pinned ? "pinned to one core" : "not pinned"}; ${measured.rounds} rounds of ${measured.requests} requests a case, interleaved; CPU and requests/s are medians of the rounds\n`;
  return `\n${header}${measured.connections.map((count) => table(measured, count, rows(count))).join("")}`;
}

function table({ titles }: Measured, connections: number, rows: ReadonlyMap<string, Row>): string {
  const lines = [...rows].map(([key, { cpu, perSecond, p50, p99, rss }]) =>
    [
      key.padEnd(3),
      (titles.get(key) ?? "").padEnd(40),
      perSecond.toFixed(0).padStart(8),
      p50.toFixed(2).padStart(9),
      p99.toFixed(2).padStart(9),
      cpu.toFixed(0).padStart(9),
      rss.toFixed(0).padStart(8),
    ].join(""),
  );
  const head = `${"".padEnd(43)}${"req/s".padStart(8)}${"p50 ms".padStart(9)}${"p99 ms".padStart(9)}${"CPU us".padStart(9)}${"RSS MB".padStart(8)}`;
  return `\n${connections === 1 ? "One connection" : `${connections} connections`}\n${head}\n${lines.join("\n")}\n${targets(rows)}`;
}

function targets(rows: ReadonlyMap<string, Row>): string {
  const cpu = (key: string) => rows.get(key)?.cpu ?? Number.NaN;
  const p50 = rows.get("e")?.p50 ?? Number.NaN;
  const ratios: [string, number, number][] = [
    ["d / c   CPU", cpu("d") / cpu("c"), 1 / 3],
    ["f / hf  CPU", cpu("f") / cpu("hf"), 1],
    ["g / hg  CPU", cpu("g") / cpu("hg"), 1],
    ["e       p50 ms", p50, 1],
  ];
  const lines = ratios.map(
    ([name, value, target]) =>
      `  ${name.padEnd(16)}${value.toFixed(2).padStart(6)}   target ${target.toFixed(2)}   ${value <= target ? "met" : "MISSED"}`,
  );
  return `${lines.join("\n")}\n`;
}
