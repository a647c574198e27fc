import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { BACKEND_ID, type Case, endpoints, floors, tokenIssue } from "./cases.ts";
import { measure, pinned, type Sample, type Server, startServer } from "./measure.ts";
import { report } from "./report.ts";

/**
 * `npm run bench`: every case against a production build, side by side in one run. The cases take turns, round after
 * round, so that a noisy machine is noisy for all of them; what is compared is the median of the rounds.
 */
const { values } = parseArgs({
  options: { rounds: { type: "string", default: "5" }, requests: { type: "string", default: "400" } },
});
const rounds = Number(values.rounds);
const requests = Number(values.requests);
const CONNECTIONS = [1, 8] as const;

const state = mkdtempSync(join(tmpdir(), "ticketgate-bench-"));
const secret = randomBytes(32).toString("base64url");
const servers: Server[] = [];

function build(folder: string): void {
  const { status } = spawnSync("next", ["build", folder], {
    stdio: ["ignore", "ignore", "inherit"],
    shell: true,
  });
  if (status !== 0) throw new Error(`next build ${folder} failed`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}

async function start(
  script: string,
  options: { args?: string[]; env?: Record<string, string> } = {},
): Promise<Server> {
  const server = await startServer(script, { ...options, port: await freePort() });
  servers.push(server);
  return server;
}

async function ticketgate(): Promise<Server> {
  const port = await freePort();
  const server = await startServer("src/server/main.ts", {
    port,
    env: {
      HOST: "127.0.0.1",
      TICKETGATE_ORIGIN: `http://127.0.0.1:${port}`,
      TICKETGATE_STATE_DIR: join(state, "front-door"),
      TICKETGATE_SEALING_KEYS: secret,
      TICKETGATE_CLIENT_SECRET: secret,
      TICKETGATE_ENGINE_TOKEN: secret,
      TICKETGATE_BACKEND_CLIENT_ID: BACKEND_ID,
      TICKETGATE_BACKEND_CLIENT_SECRET: secret,
    },
  });
  servers.push(server);
  return server;
}

/** (e) measures itself: its latencies contain no network. */
async function startEngine() {
  const [command = "", ...args] = [
    ...(pinned ? ["taskset", "-c", "0"] : []),
    process.execPath,
    "bench/servers/engine.ts",
  ];
  const child = spawn(command, args, {
    env: { ...process.env, BENCH_STATE: state, BENCH_SECRET: secret },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  await once(child, "message");
  const run = async (inFlight: number): Promise<Sample> => {
    child.send({ issue: requests, inFlight });
    const [message] = (await once(child, "message")) as [{ sample: Sample }];
    return message.sample;
  };
  return { run, stop: () => child.send("stop") };
}

async function main(): Promise<void> {
  process.stdout.write("Building ...\n");
  build(".");
  build("bench/bare");
  const node = await start("bench/servers/node-http.ts");
  const next = await start("node_modules/next/dist/bin/next", {
    args: ["start", "bench/bare", "-H", "127.0.0.1"],
  });
  const provider = await start("bench/servers/oidc-provider.ts", { env: { BENCH_CLIENT_SECRET: secret } });
  const own = await ticketgate();
  const engine = await startEngine();
  const cases: Case[] = [
    ...floors({ node, next }),
    tokenIssue(own, secret),
    ...endpoints({ token: "f", introspection: "g" }, "Ticketgate", {
      server: own,
      secret,
      tokenPath: "/oauth/token",
      introspectionPath: "/oauth/introspect",
    }),
    ...endpoints({ token: "hf", introspection: "hg" }, "oidc-provider", {
      server: provider,
      secret,
      tokenPath: "/token",
      introspectionPath: "/token/introspection",
    }),
  ];
  const samples = new Map<string, Sample[]>();
  const add = (key: string, sample: Sample) => samples.set(key, [...(samples.get(key) ?? []), sample]);
  for (let round = 0; round <= rounds; round++) {
    process.stdout.write(round === 0 ? "Warming up ...\n" : `Round ${round} of ${rounds} ...\n`);
    for (const connections of CONNECTIONS) {
      for (const { key, server, prepare, send } of cases) {
        await prepare?.(requests);
        const sample = await measure(server, { requests, connections, send });
        if (round > 0) add(`${key}/${connections}`, sample);
      }
      const sample = await engine.run(connections);
      if (round > 0) add(`e/${connections}`, sample);
    }
  }
  engine.stop();
  const titles = new Map([
    ...cases.map(({ key, title }) => [key, title] as const),
    ["e", "engine issue, in process"] as const,
  ]);
  process.stdout.write(
    report({
      titles,
      samples,
      connections: CONNECTIONS,
      machine: `${cpus()[0]?.model}, Node ${process.versions.node}`,
      pinned,
      rounds,
      requests,
    }),
  );
}

try {
  await main();
} finally {
  for (const { child } of servers) child.kill("SIGKILL");
  rmSync(state, { recursive: true, force: true });
}
