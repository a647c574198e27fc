import { afterAll, beforeAll, expect, it } from "vitest";
import { demo, freshValue, type Gate, openGate } from "../../support/gate.ts";

let gate: Gate;
beforeAll(async () => {
  gate = await openGate();
});
afterAll(() => gate.close());

/** The last value that is taken and the first that is not, by field. */
const issueLimits: [field: string, good: unknown, bad: unknown][] = [
  ["subject", "s".repeat(100), "s".repeat(101)],
  ["subject", "s", ""],
  ["subject", "~ tilde and space", "caf\u00e9"],
  ["subject", "a", "a\u0000"],
  ["subject", "a", "a\n"],
  ["accessTokenDuration", 1, 0],
  ["accessTokenDuration", 3600, 3601],
  ["accessTokenDuration", 60, 60.5],
  ["accessTokenDuration", 60, -60],
  ["accessTokenDuration", 60, 2 ** 53],
  ["refreshTokenDuration", 1, 0],
  ["properties", [], [{}]],
  ["properties", [{ key: "k", value: "v" }], [{ key: "k", value: 1 }]],
  ["properties", [{ key: "k" }], [{ key: "k", hidden: "yes" }]],
  ["properties", [{ key: "k" }], [{ key: "" }]],
  ["properties", [{ key: "k" }], [{ key: "scope" }]],
  ["properties", [{ key: "k" }, { key: "l" }], [{ key: "k" }, { key: "k" }]],
  ["jwtAtClaims", "{}", "[]"],
  ["jwtAtClaims", { a: 1 }, { sub: "x" }],
  ["jwtAtClaims", '{"a":1}', '{"a":1,"a":2}'],
  ["accessToken", freshValue(), "short"],
];

it.each(issueLimits)(
  "token.issue takes %s %j and refuses %j, and the ticket stays good",
  async (field, good, bad) => {
    const backend = await gate.backend();
    const ticket = await backend.ticket();
    const valid = { ticket, subject: "usr_1" };
    const issues = gate.callsOf("auth/token/issue").length;
    const refused = await backend.call("token.issue", { ...valid, [field]: bad });
    expect(refused).toMatchObject({ status: 400, error: { code: "BAD_REQUEST" } });
    expect(Object.keys(refused.error?.fields ?? {})).toEqual([field]);
    expect(gate.callsOf("auth/token/issue")).toHaveLength(issues);
    const taken = await backend.call("token.issue", { ...valid, [field]: good });
    expect(taken).toMatchObject({ status: 200, data: { action: "OK" } });
  },
);

it.each([
  ["username", "u".repeat(101)],
  ["username", ""],
  ["password", "p".repeat(1025)],
  ["password", ""],
])("login.password refuses a %s of another length, before any work", async (field, bad) => {
  const browser = gate.browser();
  const valid = { username: demo.username, password: demo.password };
  const calls = gate.calls.length;
  const refused = await browser.call("login.password", { ...valid, [field]: bad });
  expect(refused).toMatchObject({ status: 400, error: { code: "BAD_REQUEST" } });
  expect(Object.keys(refused.error?.fields ?? {})).toEqual([field]);
  expect(gate.calls).toHaveLength(calls);
  expect(await browser.call("login.password", valid)).toMatchObject({ status: 200 });
});

it.each(["", "x".repeat(513)])("a ticket of another length than any is refused by name", async (ticket) => {
  const backend = await gate.backend();
  const refused = await backend.call("token.fail", { ticket, reason: "UNKNOWN" });
  expect(refused.error).toMatchObject({ code: "BAD_REQUEST", fields: { ticket: [expect.any(String)] } });
});
