import { afterEach, describe, expect, it } from "vitest";
import { createEngine } from "../../../src/server/engine/engine.ts";
import { hashOf } from "../../../src/server/secret/hash.ts";
import { openStore } from "../../../src/server/store/open.ts";
import { offline } from "../../support/offline.ts";
import { startScript } from "./child-process.ts";
import { inFlight } from "./in-flight.ts";
import { inPostgres } from "./postgres-places.ts";
import { inFile, keyring, type Place, random } from "./store-factory.ts";

const TICKETS = 1_000;

/** How much of the work has been acknowledged when the process is killed, as a part of all. */
const ROUNDS = [0, 0.1, 0.2, 0.4, 0.6, 0.8];

/** A process that was faster than the kill is started again, on a new database. */
const TRIES = 20;

describe.each([inFile, inPostgres])("kill -9 in the middle of 1,000 issues on $name", ({ createPlace }) => {
  const places: Place[] = [];
  afterEach(async () => {
    for (const place of places.splice(0)) await place.remove();
  });

  /** Runs the child until a random moment after the given part, and gives what it said. */
  const crash = async (part: number) => {
    for (let tries = 1; ; tries++) {
      const place = await createPlace();
      places.push(place);
      const said = await runAndKill(place, part);
      if (said.acknowledged.length < TICKETS || tries === TRIES) return { place, ...said };
    }
  };

  const runAndKill = async (place: Place, part: number) => {
    const child = startScript("crash-process.ts", [JSON.stringify(place.at), String(TICKETS)]);
    const acknowledgedOf = (lines: readonly string[]) => lines.filter((line) => line.startsWith("issued "));
    await child.until((lines) => lines.includes("ready"));
    await child.until((lines) => acknowledgedOf(lines).length >= part * TICKETS);
    await new Promise((turn) => setTimeout(turn, Math.random() * 4));
    child.kill("SIGKILL");
    await child.ended;
    await place.untilAlone();
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
      const { place, subjects, acknowledged } = await crash(part);
      expect(subjects.size).toBe(TICKETS);
      expect(acknowledged.length).toBeLessThan(TICKETS);
      const tokensOf = await countTokens(place);
      const store = await openStore({ ...place.at, clock: Date.now, random, keyring });
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

      const again = await inFlight([...subjects], async ([ticket, subject]) => {
        const { action } = await engine["auth/token/issue"]({ ticket, subject });
        return [ticket, action] as const;
      });
      for (const [ticket, action] of again) expect(action === "OK").toBe(!spent.has(ticket));
      await store.close();
      expect([...(await countTokens(place)).values()]).toEqual(Array.from({ length: TICKETS }, () => 1));
    },
    60_000,
  );
});

/** The number of tokens of each subject, read without the store. */
async function countTokens({ ask }: Place): Promise<Map<string, number>> {
  const rows = await ask("select subject, count(*) as tokens from tokens group by subject");
  return new Map(rows.map(({ subject, tokens }) => [String(subject), Number(tokens)]));
}
