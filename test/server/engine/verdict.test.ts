import { expect, test } from "vitest";
import { CallRefusal } from "../../../src/server/engine/call-refusal.ts";
import { Refusal } from "../../../src/server/engine/refusal.ts";

test.each([
  ["Refusal", () => new Refusal("A055201")],
  ["CallRefusal", () => new CallRefusal("A001212")],
])("a %s is an error without a stack, and other errors keep theirs", (name, make) => {
  const { stackTraceLimit } = Error;
  const verdict = make();

  expect(verdict).toBeInstanceOf(Error);
  expect(verdict.name).toBe(name);
  expect(verdict.stack).not.toMatch(/\n {4}at /);
  expect(Error.stackTraceLimit).toBe(stackTraceLimit);
  expect(new Error("another").stack).toMatch(/\n {4}at /);
});
