import type { ChildProcess } from "node:child_process";
import { once } from "node:events";

type Usage = { cpuMicroseconds: number; rssBytes: number };

/** One run of one case: CPU time of the server and latencies as its caller saw them. */
export type Sample = Usage & { requests: number; seconds: number; latenciesMs: number[] };

/** Sends one request and rejects when the answer is not the expected one. */
export type Send = () => Promise<void>;

/** CPU time and memory of this process. */
export function ownUsage(): Usage {
  const { user, system } = process.cpuUsage();
  return { cpuMicroseconds: user + system, rssBytes: process.memoryUsage.rss() };
}

/** Asks a child that was started with the meter for its resource use. */
export async function usageOf(child: ChildProcess): Promise<Usage> {
  child.send("usage");
  const [message] = (await once(child, "message")) as [{ usage: Usage }];
  return message.usage;
}

/**
 * Sends prepared requests, `inFlight` at once: each is followed by the next when its answer is there.
 *
 * @param usage tells what the process that serves them has used so far.
 */
export async function measure(
  sends: readonly Send[],
  { inFlight, usage }: { inFlight: number; usage: () => Usage | Promise<Usage> },
): Promise<Sample> {
  const latenciesMs: number[] = [];
  const left = [...sends];
  const worker = async () => {
    for (let send = left.pop(); send !== undefined; send = left.pop()) {
      const start = performance.now();
      await send();
      latenciesMs.push(performance.now() - start);
    }
  };
  const before = await usage();
  const start = performance.now();
  await Promise.all(Array.from({ length: inFlight }, worker));
  const seconds = (performance.now() - start) / 1000;
  const after = await usage();
  return {
    requests: sends.length,
    seconds,
    cpuMicroseconds: after.cpuMicroseconds - before.cpuMicroseconds,
    rssBytes: after.rssBytes,
    latenciesMs,
  };
}

/** The value below which `share` (0 to 1) of the values lie. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
