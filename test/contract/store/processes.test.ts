import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openStore } from "../../../src/server/store/open.ts";
import { type Child, startScript } from "./child-process.ts";
import { inPostgres } from "./postgres-places.ts";
import { session, ticket, token, transaction } from "./records.ts";
import { inFile, keyring, type Place, random } from "./store-factory.ts";

const PROCESSES = 3;
const RACES = [
  "consumeTicket",
  "insertToken",
  "replaceToken",
  "move",
  "leaseRefresh",
  "removeSession",
  "consumeNonce",
  "insertAccount",
];

describe.each([inFile, inPostgres])("several processes on one database: $name", ({ createPlace }) => {
  let place: Place;
  let children: Child[] = [];

  beforeEach(async () => {
    place = await createPlace();
  });
  afterEach(async () => {
    for (const child of children) child.kill("SIGKILL");
    children = [];
    await place.untilAlone();
    await place.remove();
  });

  const start = () => {
    children = Array.from({ length: PROCESSES }, (_, name) =>
      startScript("store-process.ts", [JSON.stringify(place.at), `p${name}`]),
    );
    return Promise.all(children.map((child) => child.until((lines) => lines.includes("open"))));
  };
  const finish = () => Promise.all(children.map((child) => child.ended));

  it("create and migrate it at once", async () => {
    await start();
    const store = await openStore({ ...place.at, clock: Date.now, random, keyring });
    expect(await store.accounts.findByUsername("zoë")).toBeUndefined();
    await store.close();
  }, 30_000);

  it("share every single-use value out to exactly one caller, and wait for each other's writes", async () => {
    const store = await openStore({ ...place.at, clock: Date.now, random, keyring });
    await store.engine.write(async (writer) => {
      await writer.insertTicket(ticket());
      const hashes = { accessTokenHash: "access-0", refreshTokenHash: "refresh-0" };
      await writer.insertToken(token({ id: "token-0", ...hashes }));
    });
    await store.transactions.insert(transaction());
    await store.sessions.insert(session());
    await store.sessions.insert(session({ idHash: "session-2" }));
    await start();
    for (const child of children) child.tell("go");
    expect(await finish()).toEqual(children.map(() => 0));
    const wins = (race: string) =>
      children
        .flatMap(({ lines }) => lines)
        .filter((line) => line.startsWith(`${race} `))
        .map((line) => Number(line.split(" ")[1]))
        .reduce((total, count) => total + count, 0);
    expect(RACES.map((race) => [race, wins(race)])).toEqual(RACES.map((race) => [race, 1]));
    for (let index = 0; index < 200; index++) {
      for (const name of children.keys()) {
        const found = await store.engine.read.findByAccessToken("1", `many-p${name}-${index}`);
        expect(found).toBeDefined();
      }
    }
    await store.close();
  }, 60_000);
});
