import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { ComparedService } from "./compared-service.ts";

/** An embedded engine in a process of its own, with a state of its own. */
export type EngineProcess = { service: ComparedService; stop(): Promise<void> };

/** Starts `npm run engine` on a free port, and reads from its greeting how it is reached. */
export async function startEngineProcess(): Promise<EngineProcess> {
  const state = await mkdtemp(join(tmpdir(), "ticketgate-parity-"));
  const child = spawn(process.execPath, ["src/server/engine-alone.ts", "--port", "0"], {
    env: { PATH: process.env.PATH ?? "", NODE_ENV: "development", TICKETGATE_STATE_DIR: state },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (/Access token/.test(line)) break;
  }
  return {
    service: {
      baseUrl: told(lines, "Web API"),
      serviceId: told(lines, "Service id"),
      token: told(lines, "token"),
    },
    async stop() {
      child.kill("SIGTERM");
      await ended;
      await rm(state, { recursive: true, force: true });
    },
  };
}

function told(lines: readonly string[], what: string): string {
  const value = lines
    .find((line) => line.includes(what))
    ?.split(/\s+/)
    .at(-1);
  if (!value) throw new Error(`the engine did not tell its ${what}`);
  return value;
}
