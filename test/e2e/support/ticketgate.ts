import { type ChildProcess, execFile, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

/** The person who signs in. */
export const person = {
  username: "ada",
  name: "Ada Lovelace",
  password: "correct horse battery staple 42",
} as const;

/** A production server of its own, with its own database and secrets. */
export type Ticketgate = {
  origin: string;
  /** The environment's secrets by variable. */
  secrets: Record<string, string>;
  /** Every random value long enough to be a secret that it has made so far (`remember-minted.ts`). */
  minted: () => string[];
  /** The service of its embedded engine; absent when its engine is elsewhere. */
  engineServiceId: string | undefined;
  /** Its process, and the file of its database. */
  pid: number | undefined;
  database: string;
  /** Everything it has written so far. */
  output: () => string;
  stop: () => Promise<void>;
};

const START_MS = 60_000;

/** Ways to serve one build: `npm start`, and Next without our front door. */
export type Server = "front door" | "next alone";

/**
 * Builds nothing: starts what `npm run build` made, as `npm start` does, on a free port.
 *
 * @param overrides environment variables beside the ones that are needed; `PORT` is taken as it is.
 */
export async function startTicketgate(
  overrides: Record<string, string> = {},
  kind: Server = "front door",
): Promise<Ticketgate> {
  if (!existsSync(".next/BUILD_ID")) throw new Error("There is no build: run `npm run build` first.");
  const stateDirectory = await mkdtemp(join(tmpdir(), "ticketgate-e2e-"));
  const secrets = newSecrets();
  const port = Number(overrides.PORT ?? (await freePort()));
  const origin = `http://localhost:${port}`;
  const env = {
    PATH: process.env.PATH ?? "",
    NODE_ENV: "production" as const,
    HOST: "localhost",
    PORT: String(port),
    TICKETGATE_ORIGIN: origin,
    TICKETGATE_STATE_DIR: stateDirectory,
    LOG_LEVEL: "debug",
    NEXT_TELEMETRY_DISABLED: "1",
    NODE_OPTIONS: `--import=${new URL("remember-minted.ts", import.meta.url).href}`,
    E2E_MINTED_FILE: join(stateDirectory, "minted"),
    ...secrets,
    ...overrides,
  };
  await addPerson(env);
  const program = {
    "front door": ["src/server/main.ts"],
    "next alone": ["node_modules/next/dist/bin/next", "start", "-H", "localhost", "-p", String(port)],
  };
  const server = spawn(process.execPath, program[kind], { env, stdio: ["ignore", "pipe", "pipe"] });
  let written = "";
  for (const stream of [server.stdout, server.stderr]) stream.on("data", (part) => (written += String(part)));
  const running = {
    origin,
    secrets: onlySecrets({ ...secrets, ...overrides }),
    minted: () => readFileSync(env.E2E_MINTED_FILE, "utf8").split("\n").filter(Boolean),
    engineServiceId: overrides.AUTHLETE_BASE_URL ? undefined : (overrides.TICKETGATE_SERVICE_ID ?? "1"),
    pid: server.pid,
    database: join(stateDirectory, "ticketgate.sqlite"),
    output: () => written,
  };
  await untilReady(server, running);
  return {
    ...running,
    async stop() {
      await ended(server);
      await rm(stateDirectory, { recursive: true, force: true });
    },
  };
}

function newSecrets(): Record<string, string> {
  const names = [
    "TICKETGATE_SEALING_KEYS",
    "TICKETGATE_CLIENT_SECRET",
    "TICKETGATE_ENGINE_TOKEN",
    "TICKETGATE_BACKEND_CLIENT_SECRET",
  ];
  return Object.fromEntries(names.map((name) => [name, randomBytes(32).toString("base64url")]));
}

function onlySecrets(environment: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => /SECRET|TOKEN|KEYS/.test(name)));
}

async function addPerson(env: NodeJS.ProcessEnv): Promise<void> {
  const adding = promisify(execFile)(
    process.execPath,
    ["src/server/add-user.ts", person.username, person.name],
    { env },
  );
  adding.child.stdin?.end(`${person.password}\n`);
  await adding;
}

/** A port of this machine that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((found) => {
    const probe = createServer().listen(0, "localhost", () => {
      const address = probe.address();
      probe.close(() => found(typeof address === "object" && address ? address.port : 0));
    });
  });
}

async function untilReady(
  server: ChildProcess,
  { origin, output }: Pick<Ticketgate, "origin" | "output">,
): Promise<void> {
  const end = Date.now() + START_MS;
  while (Date.now() < end && server.exitCode === null) {
    const answer = await fetch(`${origin}/icon.svg`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((later) => setTimeout(later, 100));
  }
  server.kill("SIGKILL");
  throw new Error(`Ticketgate did not start:\n${output()}`);
}

async function ended(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  const exit = new Promise((done) => server.once("exit", done));
  server.kill("SIGTERM");
  await exit;
}
