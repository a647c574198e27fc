import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { race, type StoreFactory, type TestStore } from "./store-factory.ts";

const service = {
  serviceName: "test",
  jwks: '{"keys":[{"kty":"EC","d":"private"}]}',
  apiSecret: "api-secret",
  supportedScopes: [{ name: "profile", defaultEntry: true }],
  somethingNew: { nested: [1, 2] },
};

const client = { clientId: 1001, clientIdAlias: "shop", clientSecret: "client-secret", clientName: "Shop" };

/** Services and clients: what is stored comes back whole, and changes are seen at once. */
export function documentsContract(factory: StoreFactory): void {
  describe(`services and clients on ${factory.name}`, () => {
    let test: TestStore;
    beforeEach(async () => {
      test = await factory.create();
      await test.store.upsertService("1", service);
      await test.store.upsertClient("1", client);
    });
    afterEach(() => test.remove());

    it("gives a service back with its private keys and with members it does not know", async () => {
      expect(await test.store.findService("1")).toEqual(service);
      expect(await test.store.engine.read.findService("1")).toEqual(service);
      expect(await test.store.findService("2")).toBeUndefined();
    });

    it("tells whether there is any service", async () => {
      expect(await test.store.hasService()).toBe(true);
      const empty = await factory.create();
      expect(await empty.store.hasService()).toBe(false);
      await empty.remove();
    });

    it("makes a service once, whoever asks", async () => {
      const made = await race(test, (store) => {
        const jwks = `{"keys":[],"maker":${Math.random()}}`;
        return store.insertServiceIfAbsent("2", async () => ({ jwks }));
      });
      expect(new Set(made.map(({ jwks }) => jwks)).size).toBe(1);
      expect(await test.store.findService("2")).toEqual(made[0]);
      const kept = await test.store.insertServiceIfAbsent("1", async () => {
        throw new Error("not called");
      });
      expect(kept).toEqual(service);
    });

    it.each(["1001", "shop"])("finds a client as %s", async (identifier) => {
      expect(await test.store.findClient("1", identifier)).toEqual(client);
      expect(await test.store.engine.read.findClient("1", identifier)).toEqual(client);
      const inside = test.store.engine.write((transaction) => transaction.findClient("1", identifier));
      expect(await inside).toEqual(client);
    });

    it.each([
      ["1", "1002"],
      ["2", "1001"],
      ["2", "shop"],
      ["1", "Shop"],
      ["1", "01001"],
      ["1", "1001.0"],
      ["1", "1e3"],
      ["1", "99999999999999999999"],
      ["1", ""],
    ])("finds no client of service %s as %j", async (serviceId, identifier) => {
      expect(await test.store.findClient(serviceId, identifier)).toBeUndefined();
    });

    it("prefers the number to an alias that looks like one", async () => {
      await test.store.upsertClient("1", { clientId: 1002, clientIdAlias: "1001" });
      await test.store.upsertClient("1", { clientId: 1003, clientIdAlias: "7777" });
      expect((await test.store.findClient("1", "1001"))?.clientId).toBe(1001);
      expect((await test.store.findClient("1", "7777"))?.clientId).toBe(1003);
    });

    it("shows a change at once, also one that another process made", async () => {
      const other = test.another ? await test.another() : test.store;
      expect(await test.store.findClient("1", "1001")).toEqual(client);
      await other.upsertClient("1", { ...client, clientSecret: "changed", clientIdAlias: "store" });
      await other.upsertService("1", { ...service, jwks: '{"keys":[]}' });
      expect((await test.store.findClient("1", "1001"))?.clientSecret).toBe("changed");
      expect(await test.store.findClient("1", "shop")).toBeUndefined();
      expect((await test.store.findClient("1", "store"))?.clientId).toBe(1001);
      expect((await test.store.findService("1"))?.jwks).toBe('{"keys":[]}');
    });

    it("gives the same frozen object while nothing changes", async () => {
      const first = await test.store.findService("1");
      expect(await test.store.findService("1")).toBe(first);
      expect(() => Object.assign(first ?? {}, { serviceName: "changed" })).toThrow(TypeError);
      expect(() => first?.supportedScopes?.push({ name: "more" })).toThrow(TypeError);
      const found = await test.store.findClient("1", "1001");
      await test.store.upsertClient("1", Object.fromEntries(Object.entries(client).reverse()));
      expect(await test.store.findClient("1", "1001")).toBe(found);
    });

    it("refuses a client of an unknown service, without a number, or with somebody else's alias", async () => {
      await expect(test.store.upsertClient("2", client)).rejects.toThrow();
      await expect(test.store.upsertClient("1", { clientName: "none" })).rejects.toThrow(TypeError);
      await expect(test.store.upsertClient("1", { clientId: 1002, clientIdAlias: "shop" })).rejects.toThrow();
      expect(await test.store.findClient("1", "shop")).toEqual(client);
      expect(await test.store.findClient("1", "1002")).toBeUndefined();
    });
  });
}
