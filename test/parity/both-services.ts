import { afterEach, beforeEach, describe, expect } from "vitest";
import { describeAcceptance } from "../contract/acceptance/acceptance.ts";
import { openInProcess } from "../contract/engine/served-engine.ts";
import { openComparedService, readComparedService } from "./compared-service.ts";
import { recorded } from "./recorded.ts";
import type { Step } from "./step.ts";

declare module "vitest" {
  interface TaskMeta {
    /** What came of the calls of a test. */
    steps?: Step[];
  }
}

/** The calls of the test that runs. */
let steps: Step[] = [];
beforeEach(({ task }) => {
  steps = [];
  task.meta.steps = steps;
});
afterEach(() => {
  // What clears the stage belongs to no test.
  steps = [];
});

const note = (step: Step) => void steps.push(step);
const compared = readComparedService(process.env);

/* `npm run parity` compares what comes under these two names. */
describe("embedded", () => describeAcceptance(recorded(openInProcess, note)));

describe("compared", () => {
  if ("missing" in compared) return expect.fail(`${compared.missing.join(", ")}: not set`);
  describeAcceptance(recorded(openComparedService(compared.service), note));
});
