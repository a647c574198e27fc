import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { TokenFilter } from "../../../src/server/engine/ports.ts";
import type { AccessToken } from "../../../src/server/engine/records.ts";
import { artifact, clientToken, grantedScopes, managedGrant, ticket, token } from "./records.ts";
import { race, type StoreFactory, type TestStore } from "./store-factory.ts";

const named = (id: string, change: Partial<AccessToken>) =>
  token({ id, accessTokenHash: `a-${id}`, refreshTokenHash: `r-${id}`, ...change });

const tokens = [
  named("a", { createdAt: 3 }),
  named("b", { createdAt: 1, clientId: 1002 }),
  named("c", { createdAt: 2, subject: "usr_2", sessionId: "session-2" }),
  named("d", { createdAt: 4, sessionId: undefined, grantId: "grant-2" }),
  named("e", { createdAt: 0, serviceId: "2" }),
  clientToken({ id: "f", accessTokenHash: "a-f", createdAt: 5 }),
];

/** Lists of tokens and clients, and changes of one entry of them. */
export function listContract(factory: StoreFactory): void {
  describe(`lists on ${factory.name}`, () => {
    let test: TestStore;
    const engine = () => test.store.engine;
    const idsOf = async (filter: TokenFilter, page = { offset: 0, limit: 100 }) =>
      (await engine().read.listTokens("1", filter, page)).map(({ id }) => id).join("");

    beforeEach(async () => {
      test = await factory.create();
      await test.store.upsertService("1", { serviceName: "one" });
      await test.store.upsertService("2", { serviceName: "two" });
      await engine().write(async (writer) => {
        for (const record of tokens) await writer.insertToken(record);
      });
    });
    afterEach(() => test.remove());

    it.each<[TokenFilter, string]>([
      [{}, "bcadf"],
      [{ clientId: 1001 }, "cadf"],
      [{ subject: "usr_1" }, "bad"],
      [{ clientId: 1001, subject: "usr_1" }, "ad"],
      [{ sessionId: "session-1" }, "ba"],
      [{ grantId: "grant-2" }, "d"],
      [{ subject: "nobody" }, ""],
    ])("lists and counts the tokens of %j, the oldest first, of one service", async (filter, expected) => {
      expect(await idsOf(filter)).toBe(expected);
      expect(await engine().read.countTokens("1", filter)).toBe(expected.length);
      const [first] = await engine().read.listTokens("1", filter, { offset: 0, limit: 1 });
      expect(first).toEqual(tokens.find(({ id }) => id === expected[0]));
    });

    it("gives the part of a list that is asked for", async () => {
      expect(await idsOf({}, { offset: 1, limit: 2 })).toBe("ca");
      expect(await idsOf({}, { offset: 4, limit: 2 })).toBe("f");
      expect(await idsOf({}, { offset: 9, limit: 2 })).toBe("");
      expect(await idsOf({}, { offset: 0, limit: 0 })).toBe("");
    });

    it.each<[TokenFilter, string]>([
      [{ clientId: 1001, subject: "usr_1" }, "bcf"],
      [{ sessionId: "session-2" }, "badf"],
      [{ grantId: "grant-2" }, "bcaf"],
      [{}, "bcadf"],
    ])("deletes the tokens of %j and no other", async (filter, left) => {
      expect(await engine().write((writer) => writer.deleteTokens("1", filter))).toBe(5 - left.length);
      expect(await idsOf({})).toBe(left);
      expect(await engine().read.countTokens("2", {})).toBe(1);
    });

    it("changes a token once for each value that its access token has had", async () => {
      let caller = 0;
      const won = await race(test, (store) => {
        const change = named("a", { accessTokenHash: `next-${caller++}`, scopes: ["email"] });
        return store.engine.write((writer) => writer.updateToken("a-a", change));
      });
      expect(won.filter(Boolean)).toHaveLength(1);
      expect(await engine().read.findToken("1", "a")).toMatchObject({
        accessTokenHash: `next-${won.indexOf(true)}`,
        scopes: ["email"],
      });
      expect(await engine().read.findToken("2", "a")).toBeUndefined();
    });

    it("lists and counts clients by developer and by subject, in the order of their numbers", async () => {
      for (const [clientId, developer] of [
        [1003, "ann"],
        [1001, "ann"],
        [1002, "bob"],
      ] as const) {
        await test.store.upsertClient("1", { clientId, developer });
      }
      await test.store.upsertClient("2", { clientId: 1001, developer: "ann" });
      const page = { offset: 0, limit: 10 };
      const numbers = async (filter: { developer?: string; subject?: string }) => {
        const found = await engine().read.listClients("1", filter, page);
        expect(await engine().read.countClients("1", filter)).toBe(found.length);
        return found.map(({ clientId }) => clientId);
      };
      expect(await numbers({})).toEqual([1001, 1002, 1003]);
      expect(await numbers({ developer: "ann" })).toEqual([1001, 1003]);
      expect(await numbers({ subject: "usr_1" })).toEqual([1001, 1002]);
      expect(await numbers({ subject: "usr_1", developer: "ann" })).toEqual([1001]);
      expect(await numbers({ subject: "usr_2" })).toEqual([1001]);
      expect(await engine().read.listClients("1", {}, { offset: 1, limit: 1 })).toMatchObject([
        { clientId: 1002 },
      ]);
    });

    it("lets exactly one of many callers take a client's number, and another its alias", async () => {
      let caller = 0;
      const won = await race(test, (store) => {
        const client = { clientId: 7, clientName: `${caller++}`, clientSecret: "secret" };
        return store.engine.write((writer) => writer.insertClient("1", client));
      });
      expect(won.filter(Boolean)).toHaveLength(1);
      const stored = await engine().read.findClient("1", "7");
      expect(stored).toEqual({ clientId: 7, clientName: `${won.indexOf(true)}`, clientSecret: "secret" });
      const insert = (clientId: number) =>
        engine().write((writer) => writer.insertClient("1", { clientId, clientIdAlias: "shop" }));
      expect(await insert(8)).toBe(true);
      expect(await insert(9)).toBe(false);
      expect(await engine().read.findClient("1", "9")).toBeUndefined();
    });

    it("replaces a client and a service that are there, and shows it inside the transaction", async () => {
      await test.store.upsertClient("1", { clientId: 7, clientName: "old", clientSecret: "secret" });
      await engine().write(async (writer) => {
        expect(await writer.replaceClient("1", { clientId: 7, clientName: "new" })).toBe(true);
        expect(await writer.findClient("1", "7")).toEqual({ clientId: 7, clientName: "new" });
        expect(await writer.replaceService("1", { serviceName: "new" })).toBe(true);
        expect(await writer.findService("1")).toEqual({ serviceName: "new" });
      });
      expect(await engine().read.findClient("1", "7")).toEqual({ clientId: 7, clientName: "new" });
      expect(await engine().write((writer) => writer.replaceClient("1", { clientId: 8 }))).toBe(false);
      expect(await engine().write((writer) => writer.replaceService("3", {}))).toBe(false);
      expect(await engine().read.findService("3")).toBeUndefined();
    });

    it("forgets a change that did not last", async () => {
      await test.store.upsertClient("1", { clientId: 7, clientName: "old" });
      const failed = engine().write(async (writer) => {
        await writer.replaceClient("1", { clientId: 7, clientName: "new" });
        await writer.findClient("1", "7");
        throw new Error("refused");
      });
      await expect(failed).rejects.toThrow("refused");
      expect(await engine().read.findClient("1", "7")).toEqual({ clientId: 7, clientName: "old" });
    });

    it("removes a client with everything that is its own, and nothing of another", async () => {
      await test.store.upsertClient("1", { clientId: 1001 });
      await test.store.upsertClient("1", { clientId: 1002 });
      const own = async (clientId: number) => {
        const key = `${clientId}`;
        await engine().write(async (writer) => {
          await writer.insertTicket(ticket({ ticketHash: key, clientId }));
          await writer.insertArtifact(artifact({ keyHash: key, aliasHash: key, clientId }));
          await writer.upsertGrantedScopes(grantedScopes({ clientId }));
          await writer.upsertGrant(managedGrant({ clientId, grantId: key }));
        });
      };
      const belongings = async (clientId: number) => [
        await engine().read.findClient("1", `${clientId}`),
        await engine().read.findTicket(`${clientId}`),
        await engine().read.findArtifact("pushed_request", `${clientId}`),
        await engine().read.findGrantedScopes("1", clientId, "usr_1"),
        await engine().read.findGrant("1", `${clientId}`),
        (await engine().read.countTokens("1", { clientId })) || undefined,
      ];
      await own(1001);
      await own(1002);
      expect(await engine().write((writer) => writer.deleteClient("1", 1001))).toBe(true);
      expect(await engine().write((writer) => writer.deleteClient("1", 1001))).toBe(false);
      expect(await belongings(1001)).toEqual(Array(6).fill(undefined));
      expect(await belongings(1002)).not.toContain(undefined);
      expect(await engine().read.countTokens("2", { clientId: 1001 })).toBe(1);
    });
  });
}
