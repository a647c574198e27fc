import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { AccountRefusedError, addAccount } from "../../../src/server/account/add-account.ts";
import { createAccountDirectory } from "../../../src/server/account/argon2-directory.ts";
import { createPasswords } from "../../../src/server/account/password.ts";
import { openStore, type Store } from "../../../src/server/store/open.ts";
import { keyring, random } from "../../contract/store/store-factory.ts";

const passwords = createPasswords();
let store: Store;

beforeEach(async () => {
  store = await openStore({ file: ":memory:", clock: Date.now, random, keyring });
});
afterEach(() => store.close());

const add = (account: { username: string; name?: string; password: string }) =>
  addAccount({ accounts: store.accounts, clock: Date.now, random, passwords }, account);
const zoe = { username: "Zoë", name: "Zoë Brown", password: "correct horse battery" };

describe("addAccount", () => {
  it("adds an account under a new subject", async () => {
    const subject = await add(zoe);
    expect(subject).toMatch(/^usr_[A-Za-z0-9_-]{22}$/);
    expect(await store.accounts.findBySubject(subject)).toMatchObject({
      subject,
      username: "Zoë",
      name: "Zoë Brown",
    });
    expect(await add({ username: "bob", password: "correct horse battery" })).not.toBe(subject);
    expect(await store.accounts.findByUsername("bob")).toMatchObject({ name: "bob" });
  });

  it.each([
    ["username", "an empty user name", { ...zoe, username: " " }],
    ["username", "an invisible character", { ...zoe, username: "zoe\u202e" }],
    ["name", "an empty name", { ...zoe, name: " " }],
    ["name", "a control character", { ...zoe, name: "Zoë\u0007" }],
    ["password", "a short password", { ...zoe, password: "fourteen chars" }],
    ["password", "a long password", { ...zoe, password: "x".repeat(1025) }],
  ])("refuses by its %s: %s", async (field, _, account) => {
    const insert = vi.spyOn(store.accounts, "insert");
    const refused = add(account);
    await expect(refused).rejects.toBeInstanceOf(AccountRefusedError);
    await expect(refused).rejects.toMatchObject({ field });
    expect(insert).not.toHaveBeenCalled();
  });

  it("refuses a user name that is taken, in any form, also of two at once", async () => {
    const both = await Promise.allSettled([add(zoe), add({ ...zoe, username: "ZOE\u0308" })]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    await expect(add({ ...zoe, username: "zoë" })).rejects.toMatchObject({ field: "username" });
  });
});

describe("the account directory", () => {
  it("verifies the right password of the right user, and nothing else", async () => {
    const subject = await add(zoe);
    const other = await add({ username: "bob", password: "another password" });
    const directory = createAccountDirectory({ accounts: store.accounts, passwords });
    expect(await directory.verifyPassword("Zoë", "correct horse battery")).toBe(subject);
    expect(await directory.verifyPassword("zoe\u0308", "correct horse battery")).toBe(subject);
    expect(await directory.verifyPassword("bob", "another password")).toBe(other);
    const wrong = [
      ["Zoë", "another password"],
      ["Zoë", "Correct horse battery"],
      ["Zoë", ""],
      ["nobody", "correct horse battery"],
      ["", ""],
      [subject, "correct horse battery"],
    ] as const;
    for (const [username, password] of wrong) {
      expect(await directory.verifyPassword(username, password)).toBeUndefined();
    }
  });

  it("does the same work for an unknown user as for a wrong password", async () => {
    await add(zoe);
    const verify = vi.fn(passwords.verify);
    const directory = createAccountDirectory({
      accounts: store.accounts,
      passwords: { ...passwords, verify },
    });
    await directory.verifyPassword("Zoë", "wrong password");
    await directory.verifyPassword("nobody", "wrong password");
    await directory.verifyPassword("bad\u202ename", "wrong password");
    expect(verify.mock.calls.map(([, password]) => password)).toEqual(
      Array.from({ length: 3 }, () => "wrong password"),
    );
    expect(verify.mock.calls.map(([hash]) => hash === undefined)).toEqual([false, true, true]);
  });

  it("shows what may be shown", async () => {
    const subject = await add(zoe);
    const directory = createAccountDirectory({ accounts: store.accounts, passwords });
    expect(await directory.find(subject)).toEqual({ subject, username: "Zoë", name: "Zoë Brown" });
    expect(await directory.find("usr_nobody")).toBeUndefined();
  });
});
