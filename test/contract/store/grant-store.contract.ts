import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { grantedScopes, managedGrant } from "./records.ts";
import type { StoreFactory, TestStore } from "./store-factory.ts";

/** What end-users have granted. */
export function grantStoreContract(factory: StoreFactory): void {
  describe(`grants on ${factory.name}`, () => {
    let test: TestStore;
    const engine = () => test.store.engine;

    beforeEach(async () => {
      test = await factory.create();
    });
    afterEach(() => test.remove());

    it("gives granted scopes back as they were last", async () => {
      const later = grantedScopes({ latest: ["email"], merged: ["email", "profile"], modifiedAt: 5 });
      expect(await engine().read.findGrantedScopes("1", 1001, "usr_1")).toBeUndefined();
      await engine().write((writer) => writer.upsertGrantedScopes(grantedScopes()));
      expect(await engine().read.findGrantedScopes("1", 1001, "usr_1")).toEqual(grantedScopes());
      await engine().write((writer) => writer.upsertGrantedScopes(later));
      expect(await engine().read.findGrantedScopes("1", 1001, "usr_1")).toEqual(later);
    });

    it.each([
      ["2", 1001, "usr_1"],
      ["1", 1002, "usr_1"],
      ["1", 1001, "usr_2"],
    ])("keeps the scopes granted to service %s, client %i, by %s apart", async (service, client, subject) => {
      await engine().write((writer) => writer.upsertGrantedScopes(grantedScopes()));
      expect(await engine().read.findGrantedScopes(service, client, subject)).toBeUndefined();
      expect(await engine().write((writer) => writer.deleteGrantedScopes(service, client, subject))).toBe(
        false,
      );
      expect(await engine().read.findGrantedScopes("1", 1001, "usr_1")).toEqual(grantedScopes());
      expect(await engine().write((writer) => writer.deleteGrantedScopes("1", 1001, "usr_1"))).toBe(true);
      expect(await engine().read.findGrantedScopes("1", 1001, "usr_1")).toBeUndefined();
    });

    it("gives a grant back, changes what it covers and never whose it is", async () => {
      await engine().write((writer) => writer.upsertGrant(managedGrant()));
      expect(await engine().read.findGrant("1", "grant-1")).toEqual(managedGrant());
      expect(await engine().read.findGrant("2", "grant-1")).toBeUndefined();
      const change = managedGrant({
        grant: { claims: ["email"] },
        subject: "usr_2",
        clientId: 9,
        updatedAt: 7,
      });
      await engine().write((writer) => writer.upsertGrant(change));
      expect(await engine().read.findGrant("1", "grant-1")).toEqual(
        managedGrant({ grant: { claims: ["email"] }, updatedAt: 7 }),
      );
      expect(await engine().write((writer) => writer.deleteGrant("2", "grant-1"))).toBe(false);
      expect(await engine().write((writer) => writer.deleteGrant("1", "grant-1"))).toBe(true);
      expect(await engine().read.findGrant("1", "grant-1")).toBeUndefined();
    });
  });
}
