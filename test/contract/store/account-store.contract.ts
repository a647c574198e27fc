import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { account as accountRecord, accountToken, session } from "./records.ts";
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

    const change = { subject: "usr_1", from: account.passwordHash, to: "$argon2id$2", at: 1_800_000_000_005 };

    it("changes a password, and ends every session and every reset of that subject only", async () => {
      const { accounts, accountTokens, sessions } = test.store;
      await accounts.insert(account);
      await sessions.insert(session({ idHash: "one" }));
      await sessions.insert(session({ idHash: "two" }));
      await sessions.insert(session({ idHash: "other", subject: "usr_2" }));
      const now = accountToken().createdAt;
      const links = [accountToken(), accountToken({ tokenHash: "verify", purpose: "verify-email" })];
      for (const link of links) await accountTokens.insert(link);
      await accountTokens.insert(accountToken({ tokenHash: "other", subject: "usr_2" }));
      const ended = await accounts.changePassword(change);
      expect(ended?.toSorted((a, b) => a.idHash.localeCompare(b.idHash))).toEqual([
        { idHash: "one", sealedTokens: "sealed" },
        { idHash: "two", sealedTokens: "sealed" },
      ]);
      expect(await accounts.findBySubject("usr_1")).toEqual({
        ...account,
        passwordHash: "$argon2id$2",
        credentialsChangedAt: change.at,
      });
      expect(await sessions.find("one")).toBeUndefined();
      expect(await sessions.find("other")).toBeDefined();
      const reset = { purpose: "reset-password", now } as const;
      expect(await accountTokens.find({ tokenHash: "link-1", ...reset })).toBeUndefined();
      expect(await accountTokens.find({ tokenHash: "other", ...reset })).toBeDefined();
      expect(await accountTokens.find({ tokenHash: "verify", purpose: "verify-email", now })).toBeDefined();
    });

    it("changes no password that was changed meanwhile, and ends nothing then", async () => {
      const { accounts, sessions } = test.store;
      await accounts.insert(account);
      await sessions.insert(session());
      expect(await accounts.changePassword({ ...change, from: "$argon2id$0" })).toBeUndefined();
      expect(await accounts.changePassword({ ...change, subject: "usr_2" })).toBeUndefined();
      expect(await sessions.find("session-1")).toBeDefined();
      expect(await accounts.findBySubject("usr_1")).toEqual(account);
    });

    it("lets exactly one of many callers change a password", async () => {
      await test.store.accounts.insert(account);
      let caller = 0;
      const won = await race(test, (store) =>
        store.accounts.changePassword({ ...change, to: `$argon2id$${2 + caller++}` }),
      );
      expect(won.filter((ended) => ended !== undefined)).toEqual([[]]);
    });

    it("moves the time of a change on, never back", async () => {
      const { accounts } = test.store;
      await accounts.insert(account);
      const at = account.credentialsChangedAt;
      await accounts.noteCredentialsChange("usr_1", at + 5);
      await accounts.noteCredentialsChange("usr_1", at + 4);
      expect((await accounts.findBySubject("usr_1"))?.credentialsChangedAt).toBe(at + 5);
    });

    it("notes that an address is verified, and only the one that the account has", async () => {
      const { accounts } = test.store;
      await accounts.insert({ ...account, emailVerified: false });
      await accounts.insert(bare);
      const at = account.updatedAt + 9;
      expect(await accounts.verifyEmail("usr_1", "other@example.com", at)).toBe(false);
      expect(await accounts.verifyEmail("usr_2", "zoe.brown@example.com", at)).toBe(false);
      expect(await accounts.findBySubject("usr_1")).toEqual({ ...account, emailVerified: false });
      expect(await accounts.verifyEmail("usr_1", "zoe.brown@EXAMPLE.com", at)).toBe(true);
      expect(await accounts.findBySubject("usr_1")).toEqual({ ...account, updatedAt: at });
    });
  });
}

/** What mailed links rely on: `AccountTokenStore`. */
export function accountTokenContract(factory: StoreFactory): void {
  describe(`mailed links on ${factory.name}`, () => {
    let test: TestStore;
    beforeEach(async () => {
      test = await factory.create();
    });
    afterEach(() => test.remove());

    const key = { tokenHash: "link-1", purpose: "reset-password", now: accountToken().createdAt } as const;

    it("come back as they were, one of nobody too", async () => {
      const nobodys = accountToken({ tokenHash: "link-2", subject: undefined, sealed: undefined });
      await test.store.accountTokens.insert(accountToken());
      await test.store.accountTokens.insert(nobodys);
      expect(await test.store.accountTokens.find(key)).toEqual(accountToken());
      expect(await test.store.accountTokens.find({ ...key, tokenHash: "link-2" })).toEqual(nobodys);
    });

    it("are used by exactly one of many callers", async () => {
      await test.store.accountTokens.insert(accountToken());
      const won = await race(test, (store) => store.accountTokens.consume(key));
      expect(won.filter((token) => token !== undefined)).toEqual([accountToken()]);
      expect(await test.store.accountTokens.find(key)).toBeUndefined();
    });

    it.each([
      ["for another purpose", { purpose: "verify-email" as const }],
      ["at the moment they expire", { now: accountToken().expiresAt }],
      ["under another value", { tokenHash: "link-2" }],
    ])("are worth nothing %s", async (_, changes) => {
      await test.store.accountTokens.insert(accountToken());
      expect(await test.store.accountTokens.find({ ...key, ...changes })).toBeUndefined();
      expect(await test.store.accountTokens.consume({ ...key, ...changes })).toBeUndefined();
      const last = { ...key, now: accountToken().expiresAt - 1 };
      expect(await test.store.accountTokens.find(last)).toEqual(accountToken());
      expect(await test.store.accountTokens.consume(last)).toEqual(accountToken());
    });
  });
}
