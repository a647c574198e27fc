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
import { type Medians, rowsNeeded, timeOperations } from "./operations.ts";

/**
 * `npm run bench:scale`: what an operation of the store takes among a thousand stored tokens and among a million. What is compared is
 * the median; the larger may be half as much again.
 */
const { values } = parseArgs({
  options: {
    small: { type: "string", default: "1000" },
    large: { type: "string", default: "1000000" },
    rounds: { type: "string", default: "4" },
    sqlite: { type: "boolean", default: false },
  },
});
const sizes = [Number(values.small), Number(values.large)] as const;
const turns = { rounds: Number(values.rounds), rows: 100 };
const MOST = 1.5;

const random = (bytes: number) => randomBytes(bytes);
const keyring = createKeyring([random(32).toString("base64url")], { purpose: "store", random });
const ports = { clock: Date.now, random, keyring };

async function compare(name: string, places: readonly [StorePlace, StorePlace]): Promise<void> {
  const samples = rowsNeeded(turns);
  if (samples > sizes[0]) throw new Error(`${sizes[0]} tokens are too few for ${turns.rounds} rounds`);
  const small = await fill(places[0], ports, { count: sizes[0], samples });
  const large = await fill(places[1], ports, { count: sizes[1], samples });
  const { asCalled, asStatement } = await timeOperations(small, large, turns);
  const targets = asCalled.map(({ operation, small: few, large: many }) => ({
    name: operation,
    value: many / few,
    most: MOST,
  }));
  process.stdout.write(
    `${table(`${name}, as called, p50 us`, asCalled)}${targetLines(targets)}` +
      table("the statement within a transaction", asStatement),
  );
  await Promise.all([small.store.close(), large.store.close()]);
}

function table(title: string, medians: readonly Medians[]): string {
  const head = `\n${title.padEnd(36)}${sizes.map((size) => String(size).padStart(10)).join("")}     ratio\n`;
  const lines = medians.map(({ operation, small, large }) => {
    const cells = [small.toFixed(1), large.toFixed(1), (large / small).toFixed(2)];
    return `  ${operation.padEnd(34)}${cells.map((cell) => cell.padStart(10)).join("")}\n`;
  });
  return head + lines.join("");
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
