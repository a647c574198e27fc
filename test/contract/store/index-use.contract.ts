import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openStore } from "../../../src/server/store/open.ts";
import { keyring, type Place, type PlaceFactory, random } from "./store-factory.ts";

/** Statements that read a table from end to end, and why that may be. Every other finds its rows by an index. */
const SCANS: Readonly<Record<string, string>> = {
  'select count(*) as "total" from "tokens" where "service_id" = _': "counting all is reading all",
  'select * from "tokens" where "service_id" = _ order by "created_at", "id" limit _ offset _':
    "an operator's list of all, a page of which needs all in order",
  'delete from "token_tickets" where "client_id" = _ and "service_id" = _':
    "rare, and tickets are short-lived",
  'delete from "artifacts" where "client_id" = _ and "service_id" = _': "rare, and artifacts are short-lived",
};

/** Looks at what a store sends: `begin` before each test, `seen` gives the statements that were sent since then. */
export type Observation = { begin(): void; seen(): string[] };

/**
 * Every statement that the tests above it in the file have sent finds its rows by an index, so that it takes as long among a
 * million rows as among a thousand.
 */
export function indexUseContract(factory: PlaceFactory, observation: Observation): void {
  const statements = new Set<string>();
  beforeEach(() => observation.begin());
  afterEach(() => {
    for (const statement of observation.seen()) statements.add(statement);
  });

  describe(`the statements of the store on ${factory.name}`, () => {
    let place: Place;
    beforeAll(async () => {
      place = await factory.createPlace();
      await (await openStore({ ...place.at, clock: Date.now, random, keyring })).close();
    });
    afterAll(() => place.remove());

    it("find their rows by an index", async () => {
      const scanning = await place.scanning([...statements]);
      expect(scanning.filter((statement) => !(normalised(statement) in SCANS))).toEqual([]);
      const tables = [...statements].flatMap((text) => text.match(/(?<=from |into |update )"\w+"/) ?? []);
      expect(new Set(tables).size).toBeGreaterThanOrEqual(12);
    });
  });
}

/** Both databases write parameters in their own way. */
function normalised(statement: string): string {
  return statement.replace(/\?|\$\d+/g, "_");
}
