import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { interaction } from "./records.ts";
import { race, type StoreFactory, type TestStore } from "./store-factory.ts";

const NOW = 1_800_000_000_001;
const key = { handleHash: "handle-1", ownerHash: "owner-1", now: NOW };

const others: [string, Partial<typeof key>][] = [
  ["of another browser", { ownerHash: "owner-2" }],
  ["that ends at this moment", { now: interaction().usableUntil }],
  ["that does not exist", { handleHash: "handle-2" }],
];

/** What authorization requests that wait for a person rely on. */
export function interactionStoreContract(factory: StoreFactory): void {
  describe(`interactions on ${factory.name}`, () => {
    let test: TestStore;
    beforeEach(async () => {
      test = await factory.create();
    });
    afterEach(() => test.remove());

    it("gives an interaction back as it was", async () => {
      const fresh = interaction({ handleHash: "handle-2", chosenSubject: undefined });
      await test.store.interactions.insert(interaction());
      await test.store.interactions.insert(fresh);
      expect(await test.store.interactions.find("handle-1")).toEqual(interaction());
      expect(await test.store.interactions.find("handle-2")).toEqual(fresh);
      expect(await test.store.interactions.find("handle-3")).toBeUndefined();
    });

    it("lets exactly one of many callers claim an interaction", async () => {
      await test.store.interactions.insert(interaction());
      const claimed = await race(test, (store) => store.interactions.claim(key));
      expect(claimed.filter((won) => won !== undefined)).toEqual([interaction({ state: "deciding" })]);
    });

    it.each(others)("neither claims nor changes an interaction %s", async (_, change) => {
      await test.store.interactions.insert(interaction());
      expect(await test.store.interactions.claim({ ...key, ...change })).toBeUndefined();
      expect(await test.store.interactions.choose({ ...key, ...change }, "usr_2")).toBe(false);
      expect(await test.store.interactions.find("handle-1")).toEqual(interaction());
      const last = { ...key, now: interaction().usableUntil - 1 };
      expect(await test.store.interactions.choose(last, "usr_2")).toBe(true);
      expect(await test.store.interactions.claim(last)).toEqual(
        interaction({ state: "deciding", chosenSubject: "usr_2" }),
      );
    });

    it("notes how a claimed interaction ended with the next write at the latest, and never otherwise", async () => {
      const store = test.store.interactions;
      await store.insert(interaction());
      await store.insert(interaction({ handleHash: "handle-2" }));
      await store.claim(key);
      store.settle({ ...interaction(), ownerHash: "owner-2" }, "failed");
      store.settle(interaction(), "done");
      store.settle(interaction(), "failed");
      store.settle(interaction({ handleHash: "handle-2" }), "done");
      await test.store.nonces.consume("nonce-1", NOW);
      expect(await store.find("handle-1")).toEqual(interaction({ state: "done" }));
      expect(await store.find("handle-2")).toEqual(interaction({ handleHash: "handle-2" }));
      expect(await store.claim(key)).toBeUndefined();
      expect(await store.choose(key, "usr_2")).toBe(false);
    });
  });
}
