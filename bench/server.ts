import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import { availableParallelism } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";

/** A server under measurement, in a process of its own. */
export type Server = { child: ChildProcess; origin: string };

type Start = {
  /** Its port; a free one unless given. */
  port?: number;
  args?: string[];
  env?: Record<string, string>;
};

const METER = new URL("./meter.ts", import.meta.url).href;
const START_MS = 60_000;

/** True where servers are pinned to one core and the load comes from another. */
export const pinned =
  process.platform === "linux" && availableParallelism() > 1 && spawnSync("taskset", ["-V"]).status === 0;

const children: ChildProcess[] = [];

/** Starts a script in a process that is pinned where that is possible, with a channel to this one. */
export function startChild(
  script: string,
  { args = [], env = {} }: { args?: string[]; env?: Record<string, string> } = {},
): ChildProcess {
  const node = [process.execPath, "--import", METER, script, ...args];
  const [command = "", ...rest] = pinned ? ["taskset", "-c", "0", ...node] : node;
  const child = spawn(command, rest, {
    env: { ...process.env, ...env, NODE_ENV: "production" },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  children.push(child);
  return child;
}

/** Starts a script as a measured server and waits until it listens. */
export async function startServer(script: string, options: Start = {}): Promise<Server> {
  const port = options.port ?? (await freePort());
  const env = { ...options.env, PORT: String(port) };
  const child = startChild(script, { ...options, env });
  await listening(child, port, script);
  return { child, origin: `http://127.0.0.1:${port}` };
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}

/** Ends everything that was started here. */
export function stopAll(): void {
  for (const child of children) child.kill("SIGKILL");
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
