import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { prepared } from "./case.ts";
import { openBenchEngine, SERVICE_ID } from "./engine/open-engine.ts";
import { type EngineCall, scenarios } from "./engine/scenarios.ts";
import { measure, ownUsage } from "./measure.ts";
import { machine, targetLines } from "./report.ts";

/**
 * `npm run bench:memory`: issues tokens that live for a second, batch after batch, while those of earlier batches expire and
 * are removed. Nine of ten are of client credentials, the tenth is of a whole authorization code flow. In the end the process must
 * be as small as after its warm-up.
 */
const { values } = parseArgs({ options: { tokens: { type: "string", default: "100000" } } });
const tokens = Number(values.tokens);
const BATCH = 2_000;
const IN_FLIGHT = 64;
const LIFETIME_SECONDS = 1;
const CLEANUP_ROWS = 1_000;
const DAY_MS = 86_400_000;
const MOST_MB = 20;

const state = mkdtempSync(join(tmpdir(), "ticketgate-memory-"));
const services = await openBenchEngine(
  { BENCH_STATE: state, BENCH_SECRET: randomBytes(32).toString("base64url") },
  { accessTokenDuration: LIFETIME_SECONDS, refreshTokenDuration: LIFETIME_SECONDS },
);
const { engine, store } = services;
const call: EngineCall = (name, request) => engine[name](request);
const ready = [scenarios.clientCredentials(call), scenarios.codeFlow(call)] as const;

async function issueBatch(): Promise<void> {
  const sends = [...(await prepared(ready[0], BATCH * 0.9)), ...(await prepared(ready[1], BATCH * 0.1))];
  await measure(sends, { inFlight: IN_FLIGHT, usage: ownUsage });
}

/** Removes what has expired by then, as the server does once a minute. */
function removeExpired(at: number): Promise<number> {
  return store.removeExpired(at, CLEANUP_ROWS);
}

function settledMegabytes(): number {
  const { gc } = globalThis;
  if (!gc) throw new Error("start it with --expose-gc");
  for (let times = 0; times < 3; times++) gc();
  return process.memoryUsage.rss() / 2 ** 20;
}

try {
  for (let batch = 0; batch < 3; batch++) await issueBatch();
  await removeExpired(Date.now() + DAY_MS);
  const before = settledMegabytes();
  let largest = before;
  for (let issued = 0; issued < tokens; issued += BATCH) {
    await issueBatch();
    await removeExpired(Date.now());
    largest = Math.max(largest, process.memoryUsage.rss() / 2 ** 20);
  }
  await sleep(LIFETIME_SECONDS * 1000);
  await removeExpired(Date.now());
  const alive = await store.engine.read.countTokens(SERVICE_ID, {});
  await removeExpired(Date.now() + DAY_MS);
  const after = settledMegabytes();
  process.stdout.write(
    `\n${machine()}\n${tokens} tokens issued, ${alive} left after they expired\n` +
      `RSS MB: ${before.toFixed(0)} after the warm-up, at most ${largest.toFixed(0)}, ${after.toFixed(0)} after the clean-up\n` +
      targetLines([
        { name: "tokens left", value: alive, most: 0 },
        { name: "growth, MB", value: after - before, most: MOST_MB },
      ]),
  );
} finally {
  await services.close();
  rmSync(state, { recursive: true, force: true });
}
