import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Case } from "./case.ts";
import { BACKEND_ID, endpoints, floors, tokenIssue } from "./cases.ts";
import { startEngineProcess } from "./in-process.ts";
import { type Row, report, type Target } from "./report.ts";
import { takeRounds } from "./rounds.ts";
import { freePort, type Server, startServer, stopAll } from "./server.ts";

/**
 * `npm run bench`: every case against a production build, side by side in one run. What is compared is the median of the
 * rounds.
 */
const { values } = parseArgs({
  options: { rounds: { type: "string", default: "5" }, requests: { type: "string", default: "400" } },
});
const plan = { rounds: Number(values.rounds), requests: Number(values.requests), connections: [1, 8] };
const state = mkdtempSync(join(tmpdir(), "ticketgate-bench-"));
const secret = randomBytes(32).toString("base64url");

function build(folder: string): void {
  const { status } = spawnSync("next", ["build", folder], {
    stdio: ["ignore", "ignore", "inherit"],
    shell: true,
  });
  if (status !== 0) throw new Error(`next build ${folder} failed`);
}

async function ticketgate(): Promise<Server> {
  const port = await freePort();
  return startServer("src/server/main.ts", {
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
}

async function startCases(): Promise<Case[]> {
  const node = await startServer("bench/servers/node-http.ts");
  const next = await startServer("node_modules/next/dist/bin/next", {
    args: ["start", "bench/bare", "-H", "127.0.0.1"],
  });
  const provider = await startServer("bench/servers/oidc-provider.ts", {
    env: { BENCH_CLIENT_ID: BACKEND_ID, BENCH_CLIENT_SECRET: secret },
  });
  const own = await ticketgate();
  const engine = await startEngineProcess({ BENCH_STATE: join(state, "engine"), BENCH_SECRET: secret });
  return [
    ...floors({ node, next }),
    tokenIssue(own, secret),
    engine.caseOf("e", "engine issue, in process", "tokenIssue"),
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
}

function targets(row: (key: string) => Row | undefined): Target[] {
  const cpu = (key: string) => row(key)?.cpu ?? Number.NaN;
  return [
    { name: "d / c   CPU", value: cpu("d") / cpu("c"), most: 1 / 3 },
    { name: "f / hf  CPU", value: cpu("f") / cpu("hf"), most: 1 },
    { name: "g / hg  CPU", value: cpu("g") / cpu("hg"), most: 1 },
    { name: "e       p50 ms", value: row("e")?.p50 ?? Number.NaN, most: 1 },
  ];
}

try {
  process.stdout.write("Building ...\n");
  build(".");
  build("bench/bare");
  const cases = await startCases();
  const samples = await takeRounds(cases, plan);
  process.stdout.write(report({ cases, plan, samples, targets }));
} finally {
  stopAll();
  rmSync(state, { recursive: true, force: true });
}
