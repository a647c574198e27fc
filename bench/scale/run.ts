import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createKeyring } from "../../src/server/secret/keyring.ts";
import type { StorePlace } from "../../src/server/store/open.ts";
import { openPostgresPlaces } from "../engine/postgres-places.ts";
import { machine, targetLines } from "../report.ts";
import { fill } from "./fill.ts";
import { timeOperations } from "./operations.ts";

/**
 * `npm run bench:scale`: what an operation of the store takes among a thousand stored tokens and among a million. What is compared is
 * the median; the larger may be half as much again.
 */
const { values } = parseArgs({
  options: {
    small: { type: "string", default: "1000" },
    large: { type: "string", default: "1000000" },
    rounds: { type: "string", default: "8" },
    sqlite: { type: "boolean", default: false },
  },
});
const sizes = [Number(values.small), Number(values.large)] as const;
const rounds = Number(values.rounds);
const ROWS = 100;
const MOST = 1.5;

const random = (bytes: number) => randomBytes(bytes);
const keyring = createKeyring([random(32).toString("base64url")], { purpose: "store", random });
const ports = { clock: Date.now, random, keyring };

async function compare(name: string, places: readonly [StorePlace, StorePlace]): Promise<void> {
  const samples = Math.min(rounds * ROWS, sizes[0]);
  const small = await fill(places[0], ports, { count: sizes[0], samples });
  const large = await fill(places[1], ports, { count: sizes[1], samples });
  const medians = await timeOperations(small, large, { rounds: Math.floor(samples / ROWS), rows: ROWS });
  process.stdout.write(`\n${name}${" ".repeat(34 - name.length)}p50 us\n`);
  for (const { operation, small: few, large: many } of medians) {
    const cells = [few.toFixed(1).padStart(9), many.toFixed(1).padStart(9)];
    process.stdout.write(`  ${operation.padEnd(20)}${cells.join("")}\n`);
  }
  const targets = medians.map(({ operation, small: few, large: many }) => ({
    name: `${operation}, ${sizes[1]} / ${sizes[0]}`,
    value: many / few,
    most: MOST,
  }));
  process.stdout.write(targetLines(targets));
  await Promise.all([small.store.close(), large.store.close()]);
}

const state = mkdtempSync(join(tmpdir(), "ticketgate-scale-"));
const postgres = values.sqlite ? undefined : await openPostgresPlaces();
try {
  process.stdout.write(`\n${machine()}\n`);
  await compare("SQLite", [{ file: join(state, "small.sqlite") }, { file: join(state, "large.sqlite") }]);
  if (postgres) await compare("PostgreSQL", [{ url: postgres.urls[0] }, { url: postgres.urls[1] }]);
} finally {
  await postgres?.stop();
  rmSync(state, { recursive: true, force: true });
}
