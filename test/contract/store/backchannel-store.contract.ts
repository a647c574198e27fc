import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { BackchannelRequest } from "../../../src/server/session/backchannel-store.ts";
import { race, type StoreFactory, type TestStore } from "./store-factory.ts";

const NOW = 1_800_000_000_000;

function waiting(changes: Partial<BackchannelRequest> = {}): BackchannelRequest {
  return { id: "r1", subject: "usr_1", sealed: "x", createdAt: NOW, expiresAt: NOW + 300_000, ...changes };
}

/** What requests that wait for a person on another device rely on. */
export function backchannelStoreContract(factory: StoreFactory): void {
  describe(`backchannel requests on ${factory.name}`, () => {
    let test: TestStore;
    beforeEach(async () => {
      test = await factory.create();
    });
    afterEach(() => test.remove());

    it("lists those of one person that have not expired, the oldest first", async () => {
      const store = test.store.backchannelRequests;
      const first = waiting({ id: "r2", createdAt: NOW - 5 });
      for (const request of [waiting(), first, waiting({ id: "r3", subject: "usr_2" })])
        await store.insert(request);
      await store.insert(waiting({ id: "r4", expiresAt: NOW }));
      expect(await store.list("usr_1", NOW)).toEqual([first, waiting()]);
      expect(await store.list("usr_3", NOW)).toEqual([]);
    });

    it("gives a request to exactly one of many callers", async () => {
      await test.store.backchannelRequests.insert(waiting());
      const taken = await race(test, (store) =>
        store.backchannelRequests.take({ id: "r1", subject: "usr_1", now: NOW }),
      );
      expect(taken.filter((request) => request !== undefined)).toEqual([waiting()]);
    });

    it("gives it to nobody else, and not when it has expired", async () => {
      const store = test.store.backchannelRequests;
      await store.insert(waiting());
      expect(await store.take({ id: "r1", subject: "usr_2", now: NOW })).toBeUndefined();
      expect(await store.take({ id: "r1", subject: "usr_1", now: NOW + 300_000 })).toBeUndefined();
      expect(await store.take({ id: "r1", subject: "usr_1", now: NOW })).toEqual(waiting());
    });
  });
}
