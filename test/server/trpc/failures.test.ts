import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { EngineUnavailable } from "../../../src/server/authlete/error.ts";
import type { OperationName } from "../../../src/server/authlete/operations.ts";
import { publicError } from "../../../src/server/trpc/public-error.ts";
import { type Browser, type Gate, openGate, type Reply } from "../../support/gate.ts";
import { callInProcess, methodOf, type Procedure, validInput } from "./procedures.ts";

let gate: Gate;
beforeAll(async () => {
  gate = await openGate();
});
afterEach(() => gate.intercept((_, send) => send()));
afterAll(() => gate.close());

/** Stands in the message of whatever is thrown. */
const SECRET = "secret-c41d09ee-of-the-engine";

/** Ways in which the engine can go wrong, and what the caller is told. */
const failures: Record<string, [code: string, status: number, fail: () => unknown]> = {
  "an error with a secret in its message": ["INTERNAL_ERROR", 500, () => Promise.reject(new Error(SECRET))],
  "an error with a secret in its cause": [
    "INTERNAL_ERROR",
    500,
    () => Promise.reject(new Error("no", { cause: new Error(SECRET) })),
  ],
  "a text and no error": ["INTERNAL_ERROR", 500, () => Promise.reject(SECRET)],
  "an object and no error": ["INTERNAL_ERROR", 500, () => Promise.reject({ message: SECRET, code: SECRET })],
  nothing: ["INTERNAL_ERROR", 500, () => Promise.reject(undefined)],
  "an engine that cannot be reached": [
    "ENGINE_UNAVAILABLE",
    503,
    () =>
      Promise.reject(
        new EngineUnavailable(SECRET, SECRET, { outcomeUnknown: true, cause: new Error(SECRET) }),
      ),
  ],
  "an action that nobody knows": [
    "ENGINE_UNAVAILABLE",
    503,
    async () => ({ action: "UNKNOWN_ACTION", receivedAction: SECRET, resultMessage: SECRET }),
  ],
};

/** Makes one operation of the engine fail, and no other. */
function failAt(operation: OperationName, fail: () => unknown): void {
  gate.intercept(async (call, send) => (call.operation === operation ? fail() : send()));
}

function expectFailure(reply: Reply, code: string, status: number): void {
  expect(reply).toMatchObject({ status, error: { code, status } });
  expect(reply.text).not.toContain(SECRET);
  expect(reply.text).not.toMatch(/stack| {4}at /);
  expect(Object.keys(reply.error ?? {})).toEqual(["code", "status", "text", "advice", "correlationId"]);
  const correlationId = reply.error?.correlationId ?? "";
  expect(correlationId).toMatch(/^[\w-]{12}$/);
  const line = gate.lines.find((text) => text.includes(correlationId));
  expect(JSON.parse(line ?? "{}")).toMatchObject({ level: "error", errorCode: code, correlationId });
}

const callerRows: [Procedure, OperationName][] = [
  ["token.issue", "auth/token/issue"],
  ["token.request", "auth/token"],
  ["token.fail", "auth/token/fail"],
  ["token.introspect", "auth/introspection"],
  ["token.revoke", "auth/revocation"],
];

describe.each(Object.entries(failures))("%s", (_, [code, status, fail]) => {
  it.each(callerRows)("in %s of a back end, at %s", async (procedure, operation) => {
    const backend = await gate.backend();
    const input = await validInput(gate, procedure);
    failAt(operation, fail);
    expectFailure(await backend.call(procedure, input), code, status);
  });

  it.each(callerRows)("in %s of code in this process, at %s", async (procedure, operation) => {
    const input = await validInput(gate, procedure);
    failAt(operation, fail);
    const { outcome, thrown } = await callInProcess(gate.server(), procedure, input);
    expect(outcome).toBe(code);
    expect(JSON.stringify(publicError(thrown))).not.toContain(SECRET);
    expect((thrown as Error).message).not.toContain(SECRET);
  });

  it("in login.password, at auth/token", async () => {
    failAt("auth/token", fail);
    const browser = gate.browser();
    expectFailure(await browser.login(), code, status);
    expect([...browser.cookies]).toEqual([]);
  });

  it("in token.issue of a browser, at auth/token/issue: nobody is signed in", async () => {
    const browser = gate.browser();
    const { data } = await browser.login();
    failAt("auth/token/issue", fail);
    const reply = await browser.call("token.issue", { ticket: data?.handle, subject: data?.subject });
    expectFailure(reply, code, status);
    expect([...browser.cookies]).toEqual([]);
  });

  it.each(callerRows)("before %s, when the engine is asked who calls", async (procedure) => {
    const backend = await gate.backend();
    const input = await validInput(gate, procedure);
    failAt("auth/introspection", fail);
    expectFailure(await backend.call(procedure, input), code, status);
  });
});

describe("a store that fails", () => {
  const broken = () => Promise.reject(new Error(SECRET));
  const stores = ["sessions", "transactions", "accounts"] as const;
  const rows: [(typeof stores)[number], Procedure][] = [
    ["sessions", "session.current"],
    ["sessions", "session.signOut"],
    ["sessions", "token.issue"],
    ["transactions", "login.password"],
    ["transactions", "token.issue"],
    ["accounts", "login.password"],
    ["accounts", "session.current"],
  ];

  it.each(rows)("%s, in %s of a browser", async (store, procedure) => {
    const browser = gate.browser();
    await browser.signIn();
    const input = await inputOf(browser, procedure);
    const whole = gate.services[store];
    Object.assign(gate.services, {
      [store]: new Proxy(whole, { get: () => broken }),
    });
    const reply = await browser.call(procedure, input, { method: methodOf(procedure) });
    Object.assign(gate.services, { [store]: whole });
    expectFailure(reply, "INTERNAL_ERROR", 500);
  });
});

async function inputOf(browser: Browser, procedure: Procedure): Promise<unknown> {
  if (procedure !== "token.issue") return validInput(gate, procedure);
  const { data } = await browser.login();
  return { ticket: data?.handle, subject: data?.subject };
}
