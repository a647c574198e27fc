import { afterEach, describe, expect, it } from "vitest";
import { type AttemptLimit, createAttemptLimit } from "../../../src/server/account/attempt-limit.ts";
import { demo, type Gate, openGate } from "../../support/gate.ts";

let gate: Gate;
afterEach(() => gate.close());

const open = async (attempts: AttemptLimit) => {
  gate = await openGate({
    overrides: { attempts },
    env: { TICKETGATE_ADDRESS_HEADER: "x-real-ip" },
  });
};

/** A try from an address, with a wrong password unless another is given. */
const tryFrom = async (address: string | undefined, username: string, password = "wrong one") => {
  const headers = { "x-real-ip": address ?? null };
  return gate.browser().call("login.password", { username, password }, { headers });
};

const eventsOf = (name: string) =>
  gate.lines.map((line) => JSON.parse(line) as Record<string, unknown>).filter(({ event }) => event === name);

it("refuses a user name after too many tries, before the engine or the directory does anything", async () => {
  await open(createAttemptLimit({ perUsername: 3, perAddress: 100 }));
  const browser = gate.browser();
  for (let tries = 0; tries < 3; tries++) {
    expect((await browser.login(demo.username, "wrong one")).error?.code).toBe("CREDENTIALS_INVALID");
  }
  const calls = gate.calls.length;
  const right = await browser.login();
  expect(right).toMatchObject({ status: 429, error: { code: "TOO_MANY_REQUESTS" } });
  expect(gate.calls).toHaveLength(calls);
  expect((await browser.login("somebody-else", "wrong one")).error?.code).toBe("CREDENTIALS_INVALID");
});

it("counts the spellings of a user name together", async () => {
  await open(createAttemptLimit({ perUsername: 2, perAddress: 100 }));
  const tries = [demo.username, demo.username.toUpperCase(), ` ${demo.username} `];
  const replies = [];
  for (const username of tries) replies.push(await gate.browser().login(username, "wrong one"));
  expect(replies.map(({ error }) => error?.code)).toEqual([
    "CREDENTIALS_INVALID",
    "CREDENTIALS_INVALID",
    "TOO_MANY_REQUESTS",
  ]);
});

describe("who tries many user names", () => {
  const limits = { perUsername: 3, perAddress: 5 };
  const names = Array.from({ length: 12 }, (_, index) => `name-${index}`);

  it("is refused at its address, and nobody else is", async () => {
    await open(createAttemptLimit(limits));
    const codes = [];
    for (const name of names) codes.push((await tryFrom("203.0.113.7", name)).error?.code);
    expect(codes.slice(0, 5).every((code) => code === "CREDENTIALS_INVALID")).toBe(true);
    expect(codes.slice(5).every((code) => code === "TOO_MANY_REQUESTS")).toBe(true);
    expect((await tryFrom("203.0.113.7", demo.username, demo.password)).status).toBe(429);
    expect((await tryFrom("203.0.113.8", demo.username, demo.password)).status).toBe(200);
  });

  it("uses up no user name's tries when it is over the limit of its address", async () => {
    await open(createAttemptLimit(limits));
    for (const name of names.slice(0, 5)) await tryFrom("203.0.113.7", name);
    for (let tries = 0; tries < 4; tries++) {
      expect((await tryFrom("203.0.113.7", demo.username)).error?.code).toBe("TOO_MANY_REQUESTS");
    }
    expect((await tryFrom("203.0.113.8", demo.username, demo.password)).status).toBe(200);
  });

  it("is counted by user name alone where no address is known, and locks nobody else out", async () => {
    await open(createAttemptLimit(limits));
    for (const name of names)
      expect((await tryFrom(undefined, name)).error?.code).toBe("CREDENTIALS_INVALID");
    expect((await tryFrom(undefined, demo.username, demo.password)).status).toBe(200);
  });

  it("does not get its tries back with a password that is right", async () => {
    await open(createAttemptLimit(limits));
    for (let tries = 0; tries < 5; tries++) await tryFrom("203.0.113.7", demo.username, demo.password);
    expect((await tryFrom("203.0.113.7", "somebody-else")).error?.code).toBe("TOO_MANY_REQUESTS");
  });

  it("stands in the audit trail", async () => {
    await open(createAttemptLimit(limits));
    for (const name of names.slice(0, 6)) await tryFrom("203.0.113.7", name);
    expect(eventsOf("audit.sign_in_refused")).toHaveLength(5);
    expect(eventsOf("audit.tries_exceeded")).toEqual([
      expect.objectContaining({ level: "warn", username: "name-5", address: "203.0.113.7" }),
    ]);
  });
});

it("forgets the tries of a user name when its password was right", async () => {
  await open(createAttemptLimit({ perUsername: 2, perAddress: 100 }));
  for (let round = 0; round < 3; round++) {
    expect((await gate.browser().login(demo.username, "wrong one")).error?.code).toBe("CREDENTIALS_INVALID");
    expect((await gate.browser().login()).status).toBe(200);
  }
});

it("counts tries that are made at the same moment", async () => {
  await open(createAttemptLimit({ perUsername: 3, perAddress: 100 }));
  const tries = Array.from({ length: 10 }, () => gate.browser().login(demo.username, "wrong one"));
  const codes = (await Promise.all(tries)).map(({ error }) => error?.code);
  expect(codes.filter((code) => code === "CREDENTIALS_INVALID")).toHaveLength(3);
  expect(codes.filter((code) => code === "TOO_MANY_REQUESTS")).toHaveLength(7);
});
