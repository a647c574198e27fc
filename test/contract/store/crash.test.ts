import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createEngine } from "../../../src/server/engine/engine.ts";
import { hashOf } from "../../../src/server/secret/hash.ts";
import { openStore } from "../../../src/server/store/open.ts";
import { offline } from "../../support/offline.ts";
import { startScript } from "./child-process.ts";
import { keyring, random } from "./store-factory.ts";

const TICKETS = 1_000;

/** How much of the work has been acknowledged when the process is killed, as a part of all. */
const ROUNDS = [0, 0.1, 0.2, 0.4, 0.6, 0.8];

/** A process that was faster than the kill is started again, on a new file. */
const TRIES = 20;

describe("kill -9 in the middle of 1,000 issues", () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "ticketgate-crash-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Runs the child until a random moment after the given part, and gives what it said. */
  const crash = async (part: number) => {
    for (let tries = 1; ; tries++) {
      file = join(folder, `${tries}.sqlite`);
      const said = await runAndKill(part);
      if (said.acknowledged.length < TICKETS || tries === TRIES) return said;
    }
  };

  const runAndKill = async (part: number) => {
    const child = startScript("crash-process.ts", [file, String(TICKETS)]);
    const acknowledgedOf = (lines: readonly string[]) => lines.filter((line) => line.startsWith("issued "));
    await child.until((lines) => lines.includes("ready"));
    await child.until((lines) => acknowledgedOf(lines).length >= part * TICKETS);
    await new Promise((turn) => setTimeout(turn, Math.random() * 4));
    child.kill("SIGKILL");
    await child.ended;
    const subjects = new Map(
      child.lines
        .filter((line) => line.startsWith("ticket "))
        .map((line) => line.split(" ").slice(1) as [ticket: string, subject: string]),
    );
    const acknowledged = acknowledgedOf(child.lines)
      .map((line) => line.split(" ") as [string, string | undefined, string | undefined])
      // The last line may be cut where the process was.
      .flatMap(([, ticket, token]) => (ticket && token ? [{ ticket, token }] : []));
    return { subjects, acknowledged };
  };

  it.each(ROUNDS)(
    "after %d of them: no ticket was used twice and no acknowledged token is missing",
    async (part) => {
      const { subjects, acknowledged } = await crash(part);
      expect(subjects.size).toBe(TICKETS);
      expect(acknowledged.length).toBeLessThan(TICKETS);
      const tokensOf = countTokens(file);
      const store = await openStore({ file, clock: Date.now, random, keyring });
      const engine = createEngine({
        store: store.engine,
        clock: Date.now,
        random,
        serviceId: "1",
        ...offline,
      });

      const spent = new Set<string>();
      for (const [ticket, subject] of subjects) {
        const isThere = (await store.engine.read.findTicket(hashOf(ticket))) !== undefined;
        expect(tokensOf.get(subject) ?? 0).toBe(isThere ? 0 : 1);
        if (!isThere) spent.add(ticket);
      }
      expect(spent.size).toBeGreaterThanOrEqual(acknowledged.length);
      for (const { ticket, token } of acknowledged) {
        expect(spent.has(ticket)).toBe(true);
        const answer = await engine["auth/introspection"]({ token });
        expect(answer).toMatchObject({ action: "OK", subject: subjects.get(ticket) });
      }

      const again = await Promise.all(
        [...subjects].map(async ([ticket, subject]) => {
          const { action } = await engine["auth/token/issue"]({ ticket, subject });
          return [ticket, action] as const;
        }),
      );
      for (const [ticket, action] of again) expect(action === "OK").toBe(!spent.has(ticket));
      await store.close();
      expect([...countTokens(file).values()]).toEqual(Array.from({ length: TICKETS }, () => 1));
    },
    60_000,
  );
});

/** The number of tokens of each subject, read without the store. */
function countTokens(file: string): Map<string, number> {
  const database = new DatabaseSync(file);
  const rows = database.prepare("select subject, count(*) as tokens from tokens group by subject").all();
  database.close();
  return new Map(rows.map(({ subject, tokens }) => [String(subject), Number(tokens)]));
}
