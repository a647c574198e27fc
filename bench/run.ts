import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { caller } from "./caller.ts";
import type { Case } from "./case.ts";
import { BACKEND_ID, endpoints, floors, readings, tokenIssue, tokenOfPerson } from "./cases.ts";
import { startEngineProcess } from "./in-process.ts";
import { type Row, report, type Target } from "./report.ts";
import { takeRounds } from "./rounds.ts";
import { freePort, type Server, startServer, stopAll } from "./server.ts";

/**
 * `npm run bench`: every case against a production build, side by side in one run. What is compared is the median of the
 * rounds.
 */
const { values } = parseArgs({
  options: {
    "warm-up": { type: "string", default: "5" },
    rounds: { type: "string", default: "5" },
    requests: { type: "string", default: "400" },
  },
});
const plan = {
  warmUp: Number(values["warm-up"]),
  rounds: Number(values.rounds),
  requests: Number(values.requests),
  connections: [1, 8],
};
const state = mkdtempSync(join(tmpdir(), "ticketgate-bench-"));
const secret = randomBytes(32).toString("base64url");

function build(folder: string): void {
  const { status } = spawnSync("next", ["build", folder], {
    stdio: ["ignore", "ignore", "inherit"],
    shell: true,
  });
  if (status !== 0) throw new Error(`next build ${folder} failed`);
}

/** The server, and the subject of a person who has an account there. */
async function ticketgate(): Promise<{ server: Server; subject: string }> {
  const port = await freePort();
  const env = {
    NODE_ENV: "production" as const,
    HOST: "127.0.0.1",
    TICKETGATE_ORIGIN: `http://127.0.0.1:${port}`,
    TICKETGATE_STATE_DIR: join(state, "front-door"),
    TICKETGATE_SEALING_KEYS: secret,
    TICKETGATE_CLIENT_SECRET: secret,
    TICKETGATE_ENGINE_TOKEN: secret,
    TICKETGATE_BACKEND_CLIENT_ID: BACKEND_ID,
    TICKETGATE_BACKEND_CLIENT_SECRET: secret,
  };
  const added = spawnSync(process.execPath, ["src/server/add-user.ts", "bench", "--name", "Bench"], {
    env: { ...process.env, ...env },
    input: secret,
    stdio: ["pipe", "pipe", "inherit"],
  });
  if (added.status !== 0) throw new Error("no person could be added");
  return {
    server: await startServer("src/server/main.ts", { port, env }),
    subject: String(added.stdout).trim(),
  };
}

/** A token that oidc-provider has made for a person, outside the measurement. */
async function tokenOfPeer(server: Server): Promise<string> {
  const { text } = await caller(server)({ path: "/bench/make/access", expect: (answer) => answer !== "" });
  return text;
}

async function startCases(): Promise<Case[]> {
  const node = await startServer("bench/servers/node-http.ts");
  const next = await startServer("node_modules/next/dist/bin/next", {
    args: ["start", "bench/bare", "-H", "127.0.0.1"],
  });
  const provider = await startServer("bench/servers/oidc-provider.ts", {
    env: { BENCH_CLIENT_ID: BACKEND_ID, BENCH_CLIENT_SECRET: secret },
  });
  const { server: own, subject } = await ticketgate();
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
    ...readings({ userinfo: "i", discovery: "j", jwks: "k" }, "Ticketgate", {
      server: own,
      userinfoPath: "/oauth/userinfo",
      jwksPath: "/oauth/jwks",
      accessToken: () => tokenOfPerson(own, secret, subject),
    }),
    ...endpoints({ token: "hf", introspection: "hg" }, "oidc-provider", {
      server: provider,
      secret,
      tokenPath: "/token",
      introspectionPath: "/token/introspection",
    }),
    ...readings({ userinfo: "hi", discovery: "hj", jwks: "hk" }, "oidc-provider", {
      server: provider,
      userinfoPath: "/me",
      jwksPath: "/jwks",
      accessToken: () => tokenOfPeer(provider),
    }),
  ];
}

function targets(row: (key: string) => Row | undefined): Target[] {
  const cpu = (key: string) => row(key)?.cpu ?? Number.NaN;
  return [
    { name: "d / c   CPU", value: cpu("d") / cpu("c"), most: 1 / 3 },
    { name: "f / hf  CPU", value: cpu("f") / cpu("hf"), most: 1 },
    { name: "g / hg  CPU", value: cpu("g") / cpu("hg"), most: 1 },
    { name: "i / hi  CPU", value: cpu("i") / cpu("hi"), most: 1 },
    { name: "j / hj  CPU", value: cpu("j") / cpu("hj"), most: 1 },
    { name: "k / hk  CPU", value: cpu("k") / cpu("hk"), most: 1 },
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
