import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { race, type StoreFactory, type TestStore } from "./store-factory.ts";

const account = { subject: "usr_1", username: "Zoë", name: "Zoë Brown", passwordHash: "$argon2id$1" };

/** What the account directory relies on: `AccountStore`. */
export function accountStoreContract(factory: StoreFactory): void {
  describe(`accounts on ${factory.name}`, () => {
    let test: TestStore;
    beforeEach(async () => {
      test = await factory.create();
    });
    afterEach(() => test.remove());

    it.each(["Zoë", "zoë", "ZOË", "Zoe\u0308", " zoë "])("finds an account as %j", async (username) => {
      await test.store.accounts.insert(account);
      expect(await test.store.accounts.findByUsername(username)).toEqual(account);
      expect(await test.store.accounts.findBySubject("usr_1")).toEqual(account);
    });

    it.each(["zoe", "zoë\u202e", "", "zoë\u0000"])("finds nobody as %j", async (username) => {
      await test.store.accounts.insert(account);
      expect(await test.store.accounts.findByUsername(username)).toBeUndefined();
    });

    it("refuses a name that differs only in form, and a subject that exists", async () => {
      await test.store.accounts.insert(account);
      expect(await test.store.accounts.insert({ ...account, subject: "usr_2", username: "ZOE\u0308" })).toBe(
        false,
      );
      expect(await test.store.accounts.insert({ ...account, username: "other" })).toBe(false);
      expect(await test.store.accounts.findBySubject("usr_1")).toEqual(account);
      expect(await test.store.accounts.findBySubject("usr_2")).toBeUndefined();
      expect(await test.store.accounts.insert({ ...account, subject: "usr_2", username: "other" })).toBe(
        true,
      );
    });

    it("lets exactly one of many callers have a user name", async () => {
      let caller = 0;
      const won = await race(test, (store) =>
        store.accounts.insert({ ...account, subject: `usr_${caller++}` }),
      );
      expect(won.filter(Boolean)).toHaveLength(1);
    });
  });
}
