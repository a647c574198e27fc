import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AccessToken } from "../../../src/server/engine/records.ts";
import { clientToken, spent, ticket, token } from "./records.ts";
import { CALLERS, race, type StoreFactory, type TestStore } from "./store-factory.ts";

/** What the engine relies on: `EngineStore`. */
export function engineStoreContract(factory: StoreFactory): void {
  describe(`the engine's store on ${factory.name}`, () => {
    let test: TestStore;
    const engine = () => test.store.engine;
    const insert = (record: AccessToken) => engine().write((transaction) => transaction.insertToken(record));

    beforeEach(async () => {
      test = await factory.create();
    });
    afterEach(() => test.remove());

    it("gives a ticket back as it was, and undefined for one that is absent", async () => {
      const bare = ticket({
        ticketHash: "ticket-2",
        clientIdAlias: undefined,
        clientIdAliasUsed: false,
        details: {},
      });
      await engine().write((transaction) => transaction.insertTicket(ticket()));
      await engine().write((transaction) => transaction.insertTicket(bare));
      expect(await engine().read.findTicket("ticket-1")).toEqual(ticket());
      expect(await engine().read.findTicket("ticket-2")).toEqual(bare);
      expect(await engine().read.findTicket("ticket-3")).toBeUndefined();
    });

    it("lets exactly one of many callers consume a ticket", async () => {
      await engine().write((transaction) => transaction.insertTicket(ticket()));
      const won = await race(test, (store) =>
        store.engine.write((transaction) => transaction.consumeTicket("ticket-1")),
      );
      expect(won.filter(Boolean)).toHaveLength(1);
      expect(won).toHaveLength(CALLERS);
      expect(await engine().read.findTicket("ticket-1")).toBeUndefined();
    });

    it("makes exactly one token of a ticket that many callers issue at once", async () => {
      await engine().write((transaction) => transaction.insertTicket(ticket()));
      let caller = 0;
      const issued = await race(test, async (store) => {
        const name = `${caller++}`;
        return store.engine
          .write(async (transaction) => {
            if (!(await transaction.consumeTicket("ticket-1"))) throw new Error("spent");
            const hashes = { accessTokenHash: `a-${name}`, refreshTokenHash: `r-${name}` };
            await transaction.insertToken(token({ id: name, ...hashes }));
            return name;
          })
          .catch(() => undefined);
      });
      const winners = issued.filter((name) => name !== undefined);
      expect(winners).toHaveLength(1);
      for (const name of issued.keys()) {
        const found = await engine().read.findByAccessToken("1", `a-${name}`);
        expect(found?.id).toBe(winners.includes(`${name}`) ? `${name}` : undefined);
      }
    });

    it("gives a ticket back when the rest of its transaction fails", async () => {
      await engine().write((transaction) => transaction.insertTicket(ticket()));
      const failed = engine().write(async (transaction) => {
        expect(await transaction.consumeTicket("ticket-1")).toBe(true);
        expect(await transaction.findTicket("ticket-1")).toBeUndefined();
        throw new Error("refused");
      });
      await expect(failed).rejects.toThrow("refused");
      expect(await engine().read.findTicket("ticket-1")).toEqual(ticket());
    });

    it.each([
      ["every member", token()],
      ["no refresh token, subject or claims", clientToken()],
      ["no scopes at all", token({ scopes: [], refreshTokenScopes: [], properties: [], resources: [] })],
      ["text of any kind", token({ properties: [{ key: "名前\u{1f600}", value: "\"'\\\u0000\n" }] })],
    ])("gives a token back as it was: %s", async (_, record) => {
      expect(await insert(record)).toBe(true);
      expect(await engine().read.findByAccessToken("1", record.accessTokenHash)).toEqual(record);
      const byRefresh = await engine().read.findByRefreshToken("1", "refresh-1");
      expect(byRefresh).toEqual(record.refreshTokenHash === undefined ? undefined : record);
    });

    it("keeps the tokens of services apart", async () => {
      expect(await insert(token())).toBe(true);
      expect(await engine().read.findByAccessToken("2", "access-1")).toBeUndefined();
      expect(await engine().read.findByRefreshToken("2", "refresh-1")).toBeUndefined();
      const other = token({ id: "token-2", serviceId: "2" });
      expect(await insert(other)).toBe(true);
      expect(await engine().read.findByAccessToken("2", "access-1")).toEqual(other);
    });

    it.each([
      ["access token", token({ id: "token-2", refreshTokenHash: "refresh-2" })],
      ["refresh token", token({ id: "token-2", accessTokenHash: "access-2" })],
      ["id", token({ accessTokenHash: "access-2", refreshTokenHash: "refresh-2" })],
    ])("refuses a second token with the same %s and leaves the first", async (_, second) => {
      await insert(token());
      expect(await insert(second)).toBe(false);
      expect(await engine().read.findByAccessToken("1", "access-1")).toEqual(token());
      expect(await engine().read.findByAccessToken("1", "access-2")).toBeUndefined();
    });

    it("lets exactly one of many callers insert a token value", async () => {
      let caller = 0;
      const won = await race(test, (store) => {
        const record = clientToken({ id: `token-${caller++}` });
        return store.engine.write((transaction) => transaction.insertToken(record));
      });
      expect(won.filter(Boolean)).toHaveLength(1);
    });

    it("lets any number of tokens have no refresh token", async () => {
      expect(await insert(clientToken())).toBe(true);
      expect(await insert(clientToken({ id: "token-2", accessTokenHash: "access-2" }))).toBe(true);
    });

    it("lets exactly one of many callers replace a token", async () => {
      await insert(token());
      let caller = 0;
      const won = await race(test, (store) => {
        const name = caller++;
        const next = token({
          accessTokenHash: `access-${name}-next`,
          refreshTokenHash: `refresh-${name}-next`,
        });
        return store.engine.write((transaction) => transaction.replaceToken("refresh-1", next));
      });
      expect(won.filter(Boolean)).toHaveLength(1);
      const winner = won.indexOf(true);
      const stored = await engine().read.findByRefreshToken("1", `refresh-${winner}-next`);
      expect(stored?.accessTokenHash).toBe(`access-${winner}-next`);
      expect(await engine().read.findByAccessToken("1", "access-1")).toBeUndefined();
      expect(await engine().read.findByRefreshToken("1", "refresh-1")).toBeUndefined();
    });

    it("replaces nothing when the id or the service is another", async () => {
      await insert(token());
      const replace = (record: AccessToken) =>
        engine().write((transaction) => transaction.replaceToken("refresh-1", record));
      expect(await replace(token({ id: "token-2", accessTokenHash: "access-2" }))).toBe(false);
      expect(await replace(token({ serviceId: "2", accessTokenHash: "access-2" }))).toBe(false);
      expect(await engine().read.findByAccessToken("1", "access-1")).toEqual(token());
      expect(await replace(clientToken({ accessTokenHash: "access-2" }))).toBe(true);
      expect(await engine().read.findByAccessToken("1", "access-2")).toEqual(
        clientToken({ accessTokenHash: "access-2" }),
      );
    });

    it("remembers spent refresh tokens for each service", async () => {
      const bare = spent({ refreshTokenHash: "refresh-2", sealedAnswer: undefined });
      await engine().write((transaction) => transaction.insertSpentRefreshToken(spent()));
      await engine().write((transaction) => transaction.insertSpentRefreshToken(bare));
      expect(await engine().read.findSpentRefreshToken("1", "refresh-1")).toEqual(spent());
      expect(await engine().read.findSpentRefreshToken("1", "refresh-2")).toEqual(bare);
      expect(await engine().read.findSpentRefreshToken("2", "refresh-1")).toBeUndefined();
    });

    it("lets exactly one of many callers delete a token", async () => {
      await insert(token());
      expect(await engine().write((transaction) => transaction.deleteToken("2", "token-1"))).toBe(false);
      const won = await race(test, (store) =>
        store.engine.write((transaction) => transaction.deleteToken("1", "token-1")),
      );
      expect(won.filter(Boolean)).toHaveLength(1);
      expect(await engine().read.findByAccessToken("1", "access-1")).toBeUndefined();
    });

    it("deletes the tokens that one client holds for one subject, and no other", async () => {
      const others = [
        { id: "b", clientId: 1002 },
        { id: "c", subject: "usr_2" },
        { id: "d", serviceId: "2" },
        { id: "e", subject: undefined },
      ];
      await insert(token());
      await insert(token({ id: "a", accessTokenHash: "a", refreshTokenHash: "a" }));
      for (const change of others) {
        await insert(token({ accessTokenHash: change.id, refreshTokenHash: change.id, ...change }));
      }
      const removed = await engine().write((transaction) => transaction.deleteTokensOf("1", 1001, "usr_1"));
      expect(removed).toBe(2);
      expect(await engine().read.findByAccessToken("1", "a")).toBeUndefined();
      for (const { id, serviceId } of others as { id: string; serviceId?: string }[]) {
        expect(await engine().read.findByAccessToken(serviceId ?? "1", id)).toMatchObject({ id });
      }
    });
  });
}
