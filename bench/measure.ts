import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { availableParallelism } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";

/** A server under measurement, in a process of its own. */
export type Server = { child: ChildProcess; origin: string };

type Usage = { cpuMicroseconds: number; rssBytes: number };

/** One run of one case: CPU time of the server and latencies as its caller saw them. */
export type Sample = {
  requests: number;
  seconds: number;
  cpuMicroseconds: number;
  rssBytes: number;
  latenciesMs: number[];
};

const METER = new URL("./meter.ts", import.meta.url).href;
const START_MS = 60_000;

/** True where servers are pinned to one core and the load comes from another. */
export const pinned =
  process.platform === "linux" && availableParallelism() > 1 && spawnSync("taskset", ["-V"]).status === 0;

/** Starts a script as a measured server and waits until it listens. */
export async function startServer(
  script: string,
  options: { port: number; args?: string[]; env?: Record<string, string>; cwd?: string },
): Promise<Server> {
  const node = [process.execPath, "--import", METER, script, ...(options.args ?? [])];
  const [command, ...args] = pinned ? ["taskset", "-c", "0", ...node] : node;
  const child = spawn(command as string, args, {
    cwd: options.cwd ?? process.cwd(),
    env: { ...process.env, ...options.env, PORT: String(options.port), NODE_ENV: "production" },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  await listening(child, options.port, script);
  return { child, origin: `http://127.0.0.1:${options.port}` };
}

async function listening(child: ChildProcess, port: number, script: string): Promise<void> {
  const deadline = Date.now() + START_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null)
      throw new Error(`${script} ended with code ${child.exitCode} before it listened`);
    const socket = connect(port, "127.0.0.1");
    const up = await new Promise<boolean>((done) =>
      socket.once("connect", () => done(true)).once("error", () => done(false)),
    );
    socket.destroy();
    if (up) return;
    await sleep(100);
  }
  throw new Error(`${script} does not listen on port ${port}`);
}

/** Asks a child for its resource use. */
export async function usageOf(child: ChildProcess): Promise<Usage> {
  child.send("usage");
  const [message] = (await once(child, "message")) as [{ usage: Usage }];
  return message.usage;
}

/**
 * Sends `requests` requests over `connections` keep-alive connections, each of which sends its next when it has the
 * answer to the last.
 *
 * @param send sends one request over the given connection and rejects when the answer is not the expected one.
 */
export async function measure(
  server: Server,
  load: { requests: number; connections: number; send: (connection: number) => Promise<void> },
): Promise<Sample> {
  const latenciesMs: number[] = [];
  let left = load.requests;
  const worker = async (connection: number) => {
    while (left-- > 0) {
      const start = performance.now();
      await load.send(connection);
      latenciesMs.push(performance.now() - start);
    }
  };
  const before = await usageOf(server.child);
  const start = performance.now();
  await Promise.all(Array.from({ length: load.connections }, (_, connection) => worker(connection)));
  const seconds = (performance.now() - start) / 1000;
  const after = await usageOf(server.child);
  return {
    requests: load.requests,
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
