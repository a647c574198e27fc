import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  issuedTokens,
  openTestEngine,
  passwordTicket,
  refresh,
  type TestEngine,
} from "../../../support/engine.ts";

let folder: string;
let engines: TestEngine[];

/** Two stores on one file, as two processes would have them. */
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "engine-race-"));
  const file = join(folder, "state.sqlite");
  engines = [await openTestEngine({ file }), await openTestEngine({ file })];
});
afterEach(async () => {
  for (const { close } of engines) await close();
  rmSync(folder, { recursive: true });
});

const engineOf = (call: number) => (engines[call % engines.length] as TestEngine).engine;
const issuedByAll = () => engines.reduce((sum, { issued }) => sum + issued(), 0);

describe("two engines on one database file", () => {
  it("issue once for a ticket however many calls compete", async () => {
    const ticket = await passwordTicket(engineOf(0));
    const before = issuedByAll();
    const answers = await Promise.all(
      Array.from({ length: 32 }, (_, call) =>
        engineOf(call)["auth/token/issue"]({ ticket, subject: "alice" }),
      ),
    );
    const codes = answers.map(({ resultCode }) => String(resultCode)).toSorted();
    expect(codes[0]).toBe("A054001");
    expect(codes.slice(1).every((code) => code === "A061301" || code === "A055202")).toBe(true);
    expect(issuedByAll()).toBe(before + 1);
  });

  it("refresh once for a refresh token however many calls compete", async () => {
    const { refreshToken } = await issuedTokens(engineOf(0));
    const before = issuedByAll();
    const answers = await Promise.all(
      Array.from({ length: 32 }, (_, call) => refresh(engineOf(call), refreshToken)),
    );
    const codes = answers.map(({ resultCode }) => String(resultCode)).toSorted();
    expect(codes[0]).toBe("A053001");
    expect(codes.slice(1).every((code) => code === "A053310" || code === "A053305")).toBe(true);
    expect(issuedByAll()).toBe(before + 1);
  });
});
