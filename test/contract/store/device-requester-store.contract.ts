import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { DeviceRequesterRecord } from "../../../src/server/session/device-requester-store.ts";
import type { StoreFactory, TestStore } from "./store-factory.ts";

const NOW = 1_800_000_000_000;

function requester(changes: Partial<DeviceRequesterRecord> = {}): DeviceRequesterRecord {
  return { userCodeHash: "h1", sealed: "x", createdAt: NOW, expiresAt: NOW + 600_000, ...changes };
}

/** What the page for devices relies on. */
export function deviceRequesterStoreContract(factory: StoreFactory): void {
  describe(`device requesters on ${factory.name}`, () => {
    let test: TestStore;
    beforeEach(async () => {
      test = await factory.create();
    });
    afterEach(() => test.remove());
    const find = (now: number) => test.store.deviceRequesters.find({ userCodeHash: "h1", now });

    it("are found as long as their code is good, and removed after", async () => {
      const store = test.store.deviceRequesters;
      expect(await find(NOW)).toBeUndefined();
      await store.put(requester());
      await store.put(requester({ userCodeHash: "h2" }));
      expect(await find(NOW + 599_999)).toEqual(requester());
      expect(await find(NOW + 600_000)).toBeUndefined();
      expect(await test.store.removeExpired(NOW + 599_999, 100)).toBe(0);
      expect(await test.store.removeExpired(NOW + 600_000, 100)).toBe(2);
      expect(await find(NOW)).toBeUndefined();
    });

    it("are the newer ones of a code that is given again", async () => {
      await test.store.deviceRequesters.put(requester());
      const again = requester({ sealed: "y", createdAt: NOW + 1, expiresAt: NOW + 600_001 });
      await test.store.deviceRequesters.put(again);
      expect(await find(NOW)).toEqual(again);
    });
  });
}
