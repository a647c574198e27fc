import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { TransactionState } from "../../../src/server/session/records.ts";
import { session, transaction } from "./records.ts";
import { race, type StoreFactory, type TestStore } from "./store-factory.ts";

const NOW = 1_800_000_000_001;
const move = {
  handleHash: "handle-1",
  ownerHash: "owner-1",
  from: "authenticated" as TransactionState,
  to: "issuing" as TransactionState,
  now: NOW,
};

/** What sign-ins and sessions rely on: `TransactionStore`, `SessionStore`, `NonceStore`. */
export function signInStoresContract(factory: StoreFactory): void {
  describe(`sign-ins on ${factory.name}`, () => {
    let test: TestStore;
    beforeEach(async () => {
      test = await factory.create();
    });
    afterEach(() => test.remove());

    it("gives a transaction back as it was", async () => {
      const pending = transaction({ handleHash: "handle-2", state: "pending", subject: undefined });
      await test.store.transactions.insert(transaction());
      await test.store.transactions.insert(pending);
      expect(await test.store.transactions.find("handle-1")).toEqual(transaction());
      expect(await test.store.transactions.find("handle-2")).toEqual(pending);
      expect(await test.store.transactions.find("handle-3")).toBeUndefined();
    });

    it("lets exactly one of many callers move a transaction", async () => {
      await test.store.transactions.insert(transaction());
      const moved = await race(test, (store) => store.transactions.move(move));
      expect(moved.filter((won) => won !== undefined)).toEqual([transaction({ state: "issuing" })]);
      expect(await test.store.transactions.find("handle-1")).toEqual(transaction({ state: "issuing" }));
    });

    it.each([
      ["of another owner", { ownerHash: "owner-2" }],
      ["in another state", { from: "pending" as const }],
      ["that expires at this moment", { now: transaction().expiresAt }],
      ["that does not exist", { handleHash: "handle-2" }],
    ])("does not move a transaction %s", async (_, change) => {
      await test.store.transactions.insert(transaction());
      expect(await test.store.transactions.move({ ...move, ...change })).toBeUndefined();
      expect(await test.store.transactions.find("handle-1")).toEqual(transaction());
      const last = { ...move, now: transaction().expiresAt - 1 };
      expect(await test.store.transactions.move(last)).toEqual(transaction({ state: "issuing" }));
    });

    it("notes how a claimed transaction ended with the next write at the latest", async () => {
      const store = test.store.transactions;
      await store.insert(transaction({ state: "issuing" }));
      await store.insert(transaction({ handleHash: "handle-2" }));
      store.settle({ ...transaction(), ownerHash: "owner-2" }, "failed");
      store.settle(transaction(), "done");
      store.settle(transaction(), "failed");
      store.settle(transaction({ handleHash: "handle-2" }), "done");
      await test.store.nonces.consume("nonce-1", NOW);
      expect(await store.find("handle-1")).toEqual(transaction({ state: "done" }));
      expect(await store.find("handle-2")).toEqual(transaction({ handleHash: "handle-2" }));
      expect(await store.move({ ...move, from: "issuing", to: "done" })).toBeUndefined();
    });

    it("lets a nonce be used once", async () => {
      const later = Date.now() + 60_000;
      const won = await race(test, (store) => store.nonces.consume("nonce-1", later));
      expect(won.filter(Boolean)).toHaveLength(1);
      expect(await test.store.nonces.consume("nonce-2", later)).toBe(true);
      expect(await test.store.nonces.consume("nonce-2", later)).toBe(false);
    });

    it("takes a nonce whose time is over for a used one", async () => {
      expect(await test.store.nonces.consume("nonce-1", Date.now() - 1)).toBe(false);
    });

    it("gives a session back as it was, until one of many callers removes it", async () => {
      await test.store.sessions.insert(session());
      expect(await test.store.sessions.find("session-1")).toEqual(session());
      const removed = await race(test, (store) => store.sessions.remove("session-1"));
      expect(removed.filter((won) => won !== undefined)).toEqual([session()]);
      expect(await test.store.sessions.find("session-1")).toBeUndefined();
    });

    it("notes use, never earlier than before and never of a removed session", async () => {
      await test.store.sessions.insert(session());
      await test.store.sessions.touch("session-1", NOW + 5);
      await test.store.sessions.touch("session-1", NOW);
      expect(await test.store.sessions.find("session-1")).toEqual(session({ lastSeenAt: NOW + 5 }));
      await test.store.sessions.remove("session-1");
      await test.store.sessions.touch("session-1", NOW + 9);
      expect(await test.store.sessions.find("session-1")).toBeUndefined();
    });
  });
}

const lease = { idHash: "session-1", tokenVersion: 0, now: NOW, leaseUntil: NOW + 1_000 };
const tokens = { sealedTokens: "resealed", accessTokenExpiresAt: NOW + 9_000, scopes: ["email"] };

/** What the refresh of a session's tokens relies on. */
export function refreshLeaseContract(factory: StoreFactory): void {
  describe(`the refresh lease on ${factory.name}`, () => {
    let test: TestStore;
    beforeEach(async () => {
      test = await factory.create();
      await test.store.sessions.insert(session());
    });
    afterEach(() => test.remove());

    it("goes to exactly one of many callers", async () => {
      const won = await race(test, (store) => store.sessions.leaseRefresh(lease));
      expect(won.filter(Boolean)).toHaveLength(1);
    });

    it("is free again when it runs out, not a millisecond before", async () => {
      expect(await test.store.sessions.leaseRefresh(lease)).toBe(true);
      expect(await test.store.sessions.leaseRefresh({ ...lease, now: NOW + 999 })).toBe(false);
      const next = { ...lease, now: NOW + 1_000, leaseUntil: NOW + 2_000 };
      expect(await test.store.sessions.leaseRefresh(next)).toBe(true);
    });

    it("is not given for tokens of another version or an absent session", async () => {
      expect(await test.store.sessions.leaseRefresh({ ...lease, tokenVersion: 1 })).toBe(false);
      expect(await test.store.sessions.leaseRefresh({ ...lease, idHash: "session-2" })).toBe(false);
    });

    it("ends when one of many callers stores the refreshed tokens", async () => {
      await test.store.sessions.leaseRefresh(lease);
      const won = await race(test, (store) => store.sessions.replaceTokens("session-1", 0, tokens));
      expect(won.filter(Boolean)).toHaveLength(1);
      const refreshed = session({ ...tokens, tokenVersion: 1 });
      expect(await test.store.sessions.find("session-1")).toEqual(refreshed);
      expect(await test.store.sessions.leaseRefresh(lease)).toBe(false);
      expect(await test.store.sessions.leaseRefresh({ ...lease, tokenVersion: 1 })).toBe(true);
    });

    it("does not bring a removed session back", async () => {
      await test.store.sessions.remove("session-1");
      expect(await test.store.sessions.replaceTokens("session-1", 0, tokens)).toBe(false);
      expect(await test.store.sessions.find("session-1")).toBeUndefined();
    });
  });
}
