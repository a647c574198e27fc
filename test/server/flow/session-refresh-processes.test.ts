import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { browserAccessToken } from "../../../src/server/flow/browser-access-token.ts";
import { hashOf } from "../../../src/server/secret/hash.ts";
import { type Browser, type Gate, openGate } from "../../support/gate.ts";
import { failEngine, refusalOf, repairEngine } from "./actors.ts";
import { accessTokenOf, isActive, refreshes, SESSION } from "./signed-in.ts";

/** Two processes' worth of Ticketgate over one database, with a clock each that shows the same time. */
let gates: [Gate, Gate];
let folder: string;
let browser: Browser;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "ticketgate-"));
  const options = {
    env: { TICKETGATE_SESSION_IDLE_SECONDS: "43200" },
    overrides: { database: join(folder, "ticketgate.sqlite") },
  };
  gates = [await openGate(options), await openGate(options)];
  browser = gates[0].browser();
  await browser.signIn();
});
afterEach(async () => {
  for (const gate of gates) await gate.close();
  rmSync(folder, { recursive: true });
});

const LEASE_MS = 15_000;
const letItEnd = () => {
  for (const { clock } of gates) clock.advance(3_600_000 - 30_000);
};

/** As server code of one of the processes gets it, waiting for real. */
const tokenAt = async (gate: Gate) => {
  const id = browser.cookies.get(SESSION);
  return (await browserAccessToken(gate.services, id, { sleep: (ms) => sleep(ms / 10) })).reveal();
};

describe("two processes over one database", () => {
  it("refresh once in total, and all calls of both get the same token", async () => {
    letItEnd();
    const calls = gates.flatMap((gate) => Array.from({ length: 16 }, () => tokenAt(gate)));
    const tokens = await Promise.all(calls);
    expect(new Set(tokens).size).toBe(1);
    expect(refreshes(gates[0]) + refreshes(gates[1])).toBe(1);
    expect(await isActive(gates[1], tokens[0] ?? "")).toBe(true);
  });

  it("wait for one another while the engine takes its time", async () => {
    letItEnd();
    const slow = Promise.withResolvers<void>();
    gates[0].intercept(async (_, send) => {
      await slow.promise;
      return send();
    });
    const first = tokenAt(gates[0]);
    await expect.poll(() => refreshes(gates[0])).toBe(1);
    const second = tokenAt(gates[1]);
    await sleep(50);
    expect(refreshes(gates[1])).toBe(0);
    slow.resolve();
    expect(await second).toBe(await first);
    expect(refreshes(gates[1])).toBe(0);
  });

  it("take over from one another after a failure, at once", async () => {
    letItEnd();
    failEngine(gates[0], "auth/token", "cannot be reached");
    expect(await refusalOf(tokenAt(gates[0]))).toMatchObject({ code: "ENGINE_UNAVAILABLE" });
    const neverSleeps = async () => {
      throw new Error("waited");
    };
    const id = browser.cookies.get(SESSION);
    const token = await browserAccessToken(gates[1].services, id, { sleep: neverSleeps });
    expect(await isActive(gates[1], token.reveal())).toBe(true);
    repairEngine(gates[0]);
    expect(await tokenAt(gates[0])).toBe(token.reveal());
  });

  it("take over from one that died in the middle, when its lease has ended", async () => {
    letItEnd();
    await leaseOfDeadProcess();
    const before = gates[0].clock();
    const token = await accessTokenOf(gates[0], browser);
    expect(await isActive(gates[0], token)).toBe(true);
    expect(gates[0].clock() - before).toBe(LEASE_MS);
  });

  it("do not wait longer than a lease: then the engine counts as not available", async () => {
    letItEnd();
    await leaseOfDeadProcess();
    const waits: number[] = [];
    const sleepless = async (ms: number) => void waits.push(ms);
    const id = browser.cookies.get(SESSION);
    const call = browserAccessToken(gates[0].services, id, { sleep: sleepless });
    expect(await refusalOf(call)).toMatchObject({ code: "ENGINE_UNAVAILABLE" });
    expect(waits.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(LEASE_MS + 100);
    expect(refreshes(gates[0])).toBe(0);
  });

  it("end a session for both", async () => {
    const other = gates[1].browser();
    other.cookies.set(SESSION, browser.cookies.get(SESSION) ?? "");
    expect((await other.current()).data?.signedIn).toBe(true);
    await browser.signOut();
    expect((await other.current()).data?.signedIn).toBe(false);
    expect(await refusalOf(accessTokenOf(gates[1], other))).toMatchObject({ code: "UNAUTHORIZED" });
  });

  async function leaseOfDeadProcess(): Promise<void> {
    const { services, clock } = gates[1];
    const idHash = hashOf(browser.cookies.get(SESSION) ?? "");
    const lease = { idHash, tokenVersion: 0, now: clock(), leaseUntil: clock() + LEASE_MS };
    expect(await services.sessions.leaseRefresh(lease)).toBe(true);
  }
});
