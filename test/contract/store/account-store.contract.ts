import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { account as accountRecord } from "./records.ts";
import { race, type StoreFactory, type TestStore } from "./store-factory.ts";

const account = accountRecord();
const bare = accountRecord({
  subject: "usr_2",
  username: "bob",
  email: undefined,
  emailVerified: false,
  claims: {},
  updatedAt: 0,
  credentialsChangedAt: 0,
});

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
      const other = { ...account, subject: "usr_2", username: "other", email: "other@example.com" };
      expect(await test.store.accounts.insert(other)).toBe(true);
    });

    it("gives an account back as it was, one without e-mail address and claims too", async () => {
      await test.store.accounts.insert(account);
      await test.store.accounts.insert(bare);
      await test.store.accounts.insert({ ...bare, subject: "usr_3", username: "carol" });
      expect(await test.store.accounts.findBySubject("usr_1")).toEqual(account);
      expect(await test.store.accounts.findBySubject("usr_2")).toEqual(bare);
    });

    it.each(["zoe.brown@example.com", " ZOE.BROWN@EXAMPLE.COM "])(
      "finds an account by its e-mail address, %j",
      async (email) => {
        await test.store.accounts.insert(account);
        await test.store.accounts.insert(bare);
        expect(await test.store.accounts.findByEmail(email)).toEqual(account);
      },
    );

    it.each(["zoe.brown@example.org", "zoebrown@example.com", "", "Zoë", "\u212aoe@example.com"])(
      "finds nobody by the e-mail address %j",
      async (email) => {
        await test.store.accounts.insert(account);
        await test.store.accounts.insert(bare);
        expect(await test.store.accounts.findByEmail(email)).toBeUndefined();
      },
    );

    it("refuses an e-mail address that differs only in form", async () => {
      await test.store.accounts.insert(account);
      const same = { ...bare, email: "zoe.BROWN@example.com" };
      expect(await test.store.accounts.insert(same)).toBe(false);
      expect(await test.store.accounts.findBySubject("usr_2")).toBeUndefined();
      expect(await test.store.accounts.insert({ ...same, email: "zoe@example.com" })).toBe(true);
    });

    it("lets exactly one of many callers have an e-mail address", async () => {
      let caller = 0;
      const won = await race(test, (store) => {
        const name = `usr_${caller++}`;
        return store.accounts.insert({ ...account, subject: name, username: name });
      });
      expect(won.filter(Boolean)).toHaveLength(1);
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
