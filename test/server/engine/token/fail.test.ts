import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openTestEngine, passwordTicket, summary, type TestEngine } from "../../../support/engine.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await openTestEngine();
});
afterEach(() => test.close());

function fail(request: Record<string, unknown>) {
  return test.engine["auth/token/fail"](request);
}

const issue = (ticket: string) => test.engine["auth/token/issue"]({ ticket, subject: "alice" });
const fault = (code: string) => ({ action: "INTERNAL_SERVER_ERROR", code, error: "server_error" });

describe("failing a ticket", () => {
  it.each([
    ["INVALID_RESOURCE_OWNER_CREDENTIALS", "A067301", "invalid_request"],
    ["UNKNOWN", "A067302", "server_error"],
    ["INVALID_TARGET", "A067303", "invalid_target"],
    ["INVALID_CLIENT", "A067304", "invalid_client"],
    ["UNAUTHORIZED_CLIENT", "A067305", "unauthorized_client"],
    ["INVALID_SCOPE", "A067306", "invalid_scope"],
  ])("for %s spends it and tells the client", async (reason, code, error) => {
    const ticket = await passwordTicket(test.engine);
    expect(summary(await fail({ ticket, reason }))).toEqual({ action: "BAD_REQUEST", code, error });
    expect(summary(await issue(ticket))).toEqual(fault("A055202"));
    expect(summary(await fail({ ticket, reason }))).toEqual(fault("A063202"));
    expect(test.issued()).toBe(1);
  });

  it.each([
    ["missing", {}, "A063201"],
    ["empty", { ticket: "" }, "A063201"],
    ["unknown", { ticket: "x".repeat(43) }, "A063202"],
  ])("needs a ticket: %s", async (_, request, code) => {
    expect(summary(await fail({ reason: "UNKNOWN", ...request }))).toEqual(fault(code));
  });

  it.each([
    ["missing", {}],
    ["null", { reason: null }],
    ["unknown", { reason: "INVALID_GRANT" }],
    ["inherited", { reason: "toString" }],
  ])("needs a reason and keeps the ticket without: %s", async (_, request) => {
    const ticket = await passwordTicket(test.engine);
    expect(summary(await fail({ ticket, ...request }))).toEqual(fault("A067201"));
    expect(await issue(ticket)).toMatchObject({ action: "OK" });
  });

  it("does not take an expired ticket", async () => {
    const ticket = await passwordTicket(test.engine);
    test.clock.advance(86_400_000);
    expect(summary(await fail({ ticket, reason: "UNKNOWN" }))).toEqual(fault("A063301"));
  });

  it("happens once however many ask at the same time", async () => {
    const ticket = await passwordTicket(test.engine);
    const answers = await Promise.all(Array.from({ length: 16 }, () => fail({ ticket, reason: "UNKNOWN" })));
    expect(answers.filter(({ action }) => action === "BAD_REQUEST")).toHaveLength(1);
    expect(answers.filter(({ resultCode }) => resultCode === "A063202")).toHaveLength(15);
  });
});
