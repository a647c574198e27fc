import { afterEach, expect, it } from "vitest";
import { type AttemptLimit, createAttemptLimit } from "../../../src/server/account/attempt-limit.ts";
import { demo, type Gate, openGate } from "../../support/gate.ts";

let gate: Gate;
afterEach(() => gate.close());

const open = async (attempts: AttemptLimit) => {
  gate = await openGate({ overrides: { attempts } });
};

it("refuses a user name after too many tries, before the engine or the directory does anything", async () => {
  await open(createAttemptLimit({ perUsername: 3, inTotal: 100 }));
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
  await open(createAttemptLimit({ perUsername: 2, inTotal: 100 }));
  const tries = [demo.username, demo.username.toUpperCase(), ` ${demo.username} `];
  const replies = [];
  for (const username of tries) replies.push(await gate.browser().login(username, "wrong one"));
  expect(replies.map(({ error }) => error?.code)).toEqual([
    "CREDENTIALS_INVALID",
    "CREDENTIALS_INVALID",
    "TOO_MANY_REQUESTS",
  ]);
});

it("refuses all user names when there are too many tries in total", async () => {
  await open(createAttemptLimit({ perUsername: 100, inTotal: 2 }));
  await gate.browser().login("a", "wrong one");
  await gate.browser().login("b", "wrong one");
  expect((await gate.browser().login()).error?.code).toBe("TOO_MANY_REQUESTS");
});

it("forgets the tries of a user name when its password was right", async () => {
  await open(createAttemptLimit({ perUsername: 2, inTotal: 100 }));
  for (let round = 0; round < 3; round++) {
    expect((await gate.browser().login(demo.username, "wrong one")).error?.code).toBe("CREDENTIALS_INVALID");
    expect((await gate.browser().login()).status).toBe(200);
  }
});

it("counts tries that are made at the same moment", async () => {
  await open(createAttemptLimit({ perUsername: 3, inTotal: 100 }));
  const tries = Array.from({ length: 10 }, () => gate.browser().login(demo.username, "wrong one"));
  const codes = (await Promise.all(tries)).map(({ error }) => error?.code);
  expect(codes.filter((code) => code === "CREDENTIALS_INVALID")).toHaveLength(3);
  expect(codes.filter((code) => code === "TOO_MANY_REQUESTS")).toHaveLength(7);
});
