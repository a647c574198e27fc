import { describe, expect, it } from "vitest";
import { compareRuns, type TestRun } from "./compare.ts";
import { countOf, parityReport } from "./report.ts";
import type { Step } from "./step.ts";

const step: Step = {
  operation: "auth/token",
  action: "OK",
  members: ["accessToken", "scopes"],
  content: ["access_token"],
  resultCode: "A050001",
};
const run = (change: Partial<TestRun> = {}): TestRun => ({
  topic: "code grant",
  name: "redeems a code",
  state: "passed",
  steps: [step],
  ...change,
});
const compare = (change: Partial<TestRun>) => compareRuns([run()], [run(change)]);

describe("the comparison of two runs", () => {
  it("finds nothing where all is the same", () => {
    expect(compare({})).toEqual([
      { topic: "code grant", name: "redeems a code", differences: [], codes: [], calls: 1 },
    ]);
  });

  it.each<[string, Partial<Step>, [string, string]]>([
    ["action", { action: "BAD_REQUEST" }, ["OK", "BAD_REQUEST"]],
    ["OAuth error", { error: "invalid_grant" }, ["-", "invalid_grant"]],
    ["members", { members: ["accessToken", "subject"] }, ["scopes", "subject"]],
    ["members of responseContent", { content: [] }, ["access_token", "-"]],
  ])("finds another %s", (what, change, [embedded, compared]) => {
    const [found] = compare({ steps: [{ ...step, ...change }] });
    expect(found?.differences).toEqual([{ where: "call 1 auth/token", what, embedded, compared }]);
  });

  it.each<[string, Partial<TestRun>, string, string]>([
    ["a call that is not made", { steps: [] }, "auth/token", "-"],
    ["another call", { steps: [{ ...step, operation: "auth/revocation" }] }, "auth/token", "auth/revocation"],
  ])("finds %s", (_what, change, embedded, compared) => {
    const differences = compare(change).flatMap((test) => test.differences);
    expect(differences).toEqual([{ where: "call 1", what: "operation", embedded, compared }]);
  });

  it("tells other result codes, and counts them for nothing", () => {
    const comparisons = compare({ steps: [{ ...step, resultCode: "A050999" }] });
    expect(countOf(comparisons)).toBe(0);
    expect(comparisons[0]?.codes).toMatchObject([{ embedded: "A050001", compared: "A050999" }]);
    expect(parityReport(comparisons)).toContain(
      "result codes, not counted\n    auth/token: embedded A050001, compared A050999",
    );
  });

  it("counts a test that did not run, or failed, even where it failed twice", () => {
    const failed = run({ state: "failed", reason: "expected that" });
    expect(countOf(compareRuns([failed], [failed]))).toBe(1);
    expect(countOf(compareRuns([run()], []))).toBe(2);
    expect(countOf(compareRuns([], [run()]))).toBe(2);
    expect(compareRuns([run()], [failed])[0]?.differences).toMatchObject([
      { embedded: "passed", compared: "failed: expected that" },
    ]);
  });
});

describe("the report", () => {
  it("is one paragraph per topic, and a sum", () => {
    const other = run({ topic: "PKCE", steps: [{ ...step, error: "invalid_grant" }] });
    const comparisons = compareRuns([run(), run({ topic: "PKCE" })], [run(), other]);
    expect(parityReport(comparisons)).toBe(`code grant: no difference (1 test)

PKCE: 1 difference (1 test)
  redeems a code
    call 1 auth/token: OAuth error
      embedded  -
      compared  invalid_grant

2 tests, 2 calls, 1 difference.
`);
  });
});
