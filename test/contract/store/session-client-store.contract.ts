import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sessionClient } from "./records.ts";
import { race, type StoreFactory, type TestStore } from "./store-factory.ts";

/** What the clients that know of a session rely on. */
export function sessionClientStoreContract(factory: StoreFactory): void {
  describe(`clients of sessions on ${factory.name}`, () => {
    let test: TestStore;
    beforeEach(async () => {
      test = await factory.create();
    });
    afterEach(() => test.remove());

    it("notes a client once, whatever comes later", async () => {
      const store = test.store.sessionClients;
      expect(await store.note(sessionClient())).toEqual(sessionClient());
      const later = sessionClient({ sid: "sid-2", createdAt: 1_800_000_000_009 });
      expect(await store.note(later)).toEqual(sessionClient());
      const other = sessionClient({ clientId: "5002", sid: "sid-3" });
      expect(await store.note(other)).toEqual(other);
      expect(await store.list("session-1")).toEqual([sessionClient(), other]);
      expect(await store.list("session-2")).toEqual([]);
      expect(await store.findBySid("sid-3")).toEqual(other);
      expect(await store.findBySid("sid-2")).toBeUndefined();
    });

    it("gives many callers one sid", async () => {
      let made = 0;
      const noted = await race(test, (store) => {
        made += 1;
        return store.sessionClients.note(sessionClient({ sid: `sid-${made}` }));
      });
      expect(new Set(noted.map(({ sid }) => sid)).size).toBe(1);
    });

    it("gives the clients of a session to exactly one of many callers", async () => {
      await test.store.sessionClients.note(sessionClient());
      await test.store.sessionClients.note(sessionClient({ sessionHash: "session-2", sid: "sid-2" }));
      const taken = await race(test, (store) => store.sessionClients.take("session-1"));
      expect(taken.flat()).toEqual([sessionClient()]);
      expect(await test.store.sessionClients.list("session-2")).toHaveLength(1);
    });

    it("carries the clients of the same person over to a new session", async () => {
      const store = test.store.sessionClients;
      await store.note(sessionClient());
      await store.note(sessionClient({ clientId: "5002", subject: "usr_2", sid: "sid-2" }));
      const expiresAt = 1_800_050_000_000;
      await store.carryOver({ from: "session-1", to: "session-2", subject: "usr_1", expiresAt });
      expect(await store.list("session-2")).toEqual([sessionClient({ sessionHash: "session-2", expiresAt })]);
      expect(await store.list("session-1")).toHaveLength(1);
    });
  });
}
