import { fileURLToPath } from "node:url";
import { startVitest } from "vitest/node";
import { compareRuns } from "./compare.ts";
import { isUnset, readComparedService } from "./compared-service.ts";
import { countOf, parityReport } from "./report.ts";
import { errorsOf, runsUnder } from "./test-runs.ts";

/**
 * `npm run parity`: runs the acceptance suite against the embedded engine and against the service that the environment names, and
 * prints what is different. Ends with 0 (nothing is, or no service is named), 1 (something is) or 2 (wrong call).
 */
async function main(): Promise<number> {
  const read = readComparedService(process.env);
  if ("missing" in read) return explain(read.missing);
  const { baseUrl, serviceId } = read.service;
  process.stdout.write(`Parity of the embedded engine with service ${serviceId} at ${baseUrl}\n\n`);
  return compare();
}

function explain(missing: readonly string[]): number {
  if (!isUnset(missing)) {
    process.stderr.write(`Parity cannot be checked: ${missing.join(", ")} not set.\n`);
    return 2;
  }
  process.stdout.write(`Parity was not checked: no service is named. Set ${missing.join(", ")}.\n`);
  return 0;
}

const FIVE_MINUTES_MS = 300_000;

async function compare(): Promise<number> {
  const vitest = await startVitest([], {
    config: false,
    root: fileURLToPath(new URL("../..", import.meta.url)),
    include: ["test/parity/both-services.ts"],
    watch: false,
    reporters: [{}],
    testTimeout: FIVE_MINUTES_MS,
    hookTimeout: FIVE_MINUTES_MS,
  });
  const modules = vitest.state.getTestModules();
  const [embedded, compared] = ["embedded", "compared"].map((name) => runsUnder(modules, name));
  const errors = errorsOf(modules);
  await vitest.close();
  const comparisons = compareRuns(embedded ?? [], compared ?? []);
  process.stdout.write(parityReport(comparisons));
  for (const error of errors) process.stderr.write(`Outside of the tests: ${error}\n`);
  const isSame = comparisons.length > 0 && countOf(comparisons) === 0 && errors.length === 0;
  return isSame ? 0 : 1;
}

process.exitCode = await main();
