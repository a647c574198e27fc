import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { factorSetup, secondFactor, session, transaction } from "./records.ts";
import { race, type StoreFactory, type TestStore } from "./store-factory.ts";

const NOW = 1_800_000_000_001;
const factor = secondFactor();
const key = { subject: factor.subject, id: factor.id };
const codeHashes = ["code-1", "code-2", "code-3"];
const shown = { ownerHash: factorSetup().ownerHash, from: factorSetup().sealed, to: "sealed codes" };

/** What the second step of a sign-in relies on: `SecondFactorStore`, `FactorSetupStore`, and what of sign-ins and sessions is about it. */
export function secondFactorStoreContract(factory: StoreFactory): void {
  describe(`second factors on ${factory.name}`, () => {
    let test: TestStore;
    beforeEach(async () => {
      test = await factory.create();
    });
    afterEach(() => test.remove());

    const enrol = async (changes: Partial<typeof factor> = {}) => {
      const subject = changes.subject ?? factor.subject;
      await test.store.factorSetups.put(factorSetup({ subject }));
      return test.store.factors.enrol({ ...factor, codeHashes, ...changes }, shown);
    };

    it("gives a factor back as it was, and has its setup show the codes", async () => {
      expect(await test.store.factors.find("usr_1")).toBeUndefined();
      expect(await enrol()).toBe(true);
      expect(await test.store.factors.find("usr_1")).toEqual(factor);
      expect(await test.store.factors.countRecoveryCodes("usr_1")).toBe(3);
      const setup = await test.store.factorSetups.find(shown.ownerHash, NOW);
      expect(setup).toEqual(factorSetup({ sealed: "sealed codes" }));
    });

    it.each([
      ["that is another one by now", { ...shown, from: "sealed before" }],
      ["of another owner", { ...shown, ownerHash: "owner-2" }],
    ])("does not enrol by a setup %s, and writes nothing", async (_, setup) => {
      await test.store.factorSetups.put(factorSetup());
      expect(await test.store.factors.enrol({ ...factor, codeHashes }, setup)).toBe(false);
      expect(await test.store.factors.find("usr_1")).toBeUndefined();
      expect(await test.store.factors.countRecoveryCodes("usr_1")).toBe(0);
      expect(await enrol()).toBe(true);
    });

    it("does not enrol somebody who is enrolled: factor, codes and setup stay as they are", async () => {
      await enrol();
      const other = { ...factor, id: "factor-2", lastStep: 1, codeHashes: ["other"] };
      await test.store.factorSetups.put(factorSetup());
      expect(await test.store.factors.enrol(other, shown)).toBe(false);
      expect(await test.store.factors.find("usr_1")).toEqual(factor);
      expect(await test.store.factors.countRecoveryCodes("usr_1")).toBe(3);
      expect(await test.store.factorSetups.find(shown.ownerHash, NOW)).toEqual(factorSetup());
    });

    it("enrols once of many at once", async () => {
      await test.store.factorSetups.put(factorSetup());
      let caller = 0;
      const won = await race(test, (store) => {
        const id = `factor-${caller++}`;
        return store.factors.enrol({ ...factor, id, codeHashes: [id] }, shown);
      });
      expect(won.filter(Boolean)).toHaveLength(1);
      expect(await test.store.factors.countRecoveryCodes("usr_1")).toBe(1);
    });

    it("lets exactly one of many callers spend a time step", async () => {
      await enrol();
      const step = factor.lastStep + 1;
      const won = await race(test, (store) => store.factors.spendStep({ ...key, step }));
      expect(won.filter(Boolean)).toHaveLength(1);
      expect((await test.store.factors.find("usr_1"))?.lastStep).toBe(step);
    });

    it.each([
      ["that was spent", { step: factor.lastStep }],
      ["before one that was spent", { step: factor.lastStep - 1 }],
      ["of an enrolment that is over", { id: "factor-0" }],
      ["of somebody else", { subject: "usr_2" }],
    ])("does not spend a step %s", async (_, change) => {
      await enrol();
      const step = factor.lastStep + 1;
      expect(await test.store.factors.spendStep({ ...key, step, ...change })).toBe(false);
      expect(await test.store.factors.find("usr_1")).toEqual(factor);
      expect(await test.store.factors.spendStep({ ...key, step })).toBe(true);
    });

    it("lets exactly one of many callers spend a recovery code", async () => {
      await enrol();
      const won = await race(test, (store) =>
        store.factors.spendRecoveryCode({ subject: "usr_1", codeHash: "code-2" }),
      );
      expect(won.filter(Boolean)).toHaveLength(1);
      expect(await test.store.factors.countRecoveryCodes("usr_1")).toBe(2);
      const others = { subject: "usr_2", codeHash: "code-1" };
      expect(await test.store.factors.spendRecoveryCode(others)).toBe(false);
      expect(await test.store.factors.spendRecoveryCode({ ...others, subject: "usr_1" })).toBe(true);
    });

    it("puts new recovery codes in the place of the old ones, one set of many at once", async () => {
      await enrol();
      let caller = 0;
      const won = await race(test, (store) => {
        const set = caller++;
        return store.factors.replaceRecoveryCodes({ ...key, codeHashes: [`${set}-a`, `${set}-b`] });
      });
      expect(won).not.toContain(false);
      expect(await test.store.factors.countRecoveryCodes("usr_1")).toBe(2);
      const old = { subject: "usr_1", codeHash: "code-1" };
      expect(await test.store.factors.spendRecoveryCode(old)).toBe(false);
      const gone = { ...key, id: "factor-0", codeHashes: ["x"] };
      expect(await test.store.factors.replaceRecoveryCodes(gone)).toBe(false);
      expect(await test.store.factors.countRecoveryCodes("usr_1")).toBe(2);
    });

    it("removes the factor of one person, with the codes", async () => {
      await enrol();
      await enrol({ subject: "usr_2", id: "factor-2" });
      expect(await test.store.factors.remove("usr_1")).toBe(true);
      expect(await test.store.factors.remove("usr_1")).toBe(false);
      expect(await test.store.factors.find("usr_1")).toBeUndefined();
      expect(await test.store.factors.countRecoveryCodes("usr_1")).toBe(0);
      expect(await test.store.factors.countRecoveryCodes("usr_2")).toBe(3);
      expect(await test.store.factors.find("usr_2")).toMatchObject({ id: "factor-2" });
    });

    it("shows a setup to its owner until it expires, is removed, or another one takes its place", async () => {
      const setups = test.store.factorSetups;
      await setups.put(factorSetup());
      await setups.put(factorSetup({ ownerHash: "owner-2", sealed: "other" }));
      const { ownerHash, expiresAt } = factorSetup();
      expect(await setups.find(ownerHash, expiresAt - 1)).toEqual(factorSetup());
      expect(await setups.find(ownerHash, expiresAt)).toBeUndefined();
      await setups.put(factorSetup({ sealed: "again", expiresAt: expiresAt + 1 }));
      expect(await setups.find(ownerHash, expiresAt)).toMatchObject({ sealed: "again" });
      await setups.remove(ownerHash);
      expect(await setups.find(ownerHash, NOW)).toBeUndefined();
      expect(await setups.find("owner-2", NOW)).toMatchObject({ sealed: "other" });
    });

    it("authenticates a sign-in whose second factor is outstanding, once of many at once", async () => {
      const { transactions } = test.store;
      const outstanding = transaction({ state: "second-factor" });
      await transactions.insert(outstanding);
      const { handleHash, ownerHash } = outstanding;
      const claim = { handleHash, ownerHash, from: "authenticated", to: "issuing", now: NOW } as const;
      expect(await transactions.move(claim)).toBeUndefined();
      const methods: ("pwd" | "otp" | "mfa")[] = ["pwd", "otp", "mfa"];
      const change = { handleHash, ownerHash, methods, now: NOW };
      for (const wrong of [
        { ownerHash: "owner-2" },
        { handleHash: "handle-2" },
        { now: outstanding.expiresAt },
      ])
        expect(await transactions.authenticate({ ...change, ...wrong })).toBeUndefined();
      const moved = await race(test, (store) => store.transactions.authenticate(change));
      const authenticated = transaction({ state: "authenticated", methods });
      expect(moved.filter((won) => won !== undefined)).toEqual([authenticated]);
      expect(await transactions.move(claim)).toEqual({ ...authenticated, state: "issuing" });
    });

    it("ends every session of a person but one", async () => {
      const { sessions } = test.store;
      for (const idHash of ["here", "there", "elsewhere"]) await sessions.insert(session({ idHash }));
      await sessions.insert(session({ idHash: "other", subject: "usr_2" }));
      const ended = await sessions.removeOthers("usr_1", "here");
      expect(ended.map(({ idHash }) => idHash).toSorted()).toEqual(["elsewhere", "there"]);
      expect(await sessions.find("here")).toEqual(session({ idHash: "here" }));
      expect(await sessions.find("there")).toBeUndefined();
      expect(await sessions.find("other")).toBeDefined();
    });
  });
}
