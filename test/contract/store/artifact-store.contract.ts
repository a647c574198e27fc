import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Artifact } from "../../../src/server/engine/artifacts.ts";
import { artifact } from "./records.ts";
import { CALLERS, race, type StoreFactory, type TestStore } from "./store-factory.ts";

/** What stands between two calls and is used once. */
export function artifactStoreContract(factory: StoreFactory): void {
  describe(`artifacts on ${factory.name}`, () => {
    let test: TestStore;
    const engine = () => test.store.engine;
    const insert = (record: Artifact) => engine().write((writer) => writer.insertArtifact(record));
    const find = () => engine().read.findArtifact("pushed_request", "key-1");

    beforeEach(async () => {
      test = await factory.create();
    });
    afterEach(() => test.remove());

    it.each([
      ["every member", artifact()],
      ["no alias and no client", artifact({ aliasHash: undefined, clientId: undefined })],
      ["one that is spent", artifact({ spentAt: 1_800_000_000_500, revision: 7 })],
      ["text of any kind", artifact({ document: { clientId: 1, parameters: "名前\u{1f600}\"'\\\u0000\n" } })],
    ])("gives one back as it was: %s", async (_, record) => {
      expect(await insert(record)).toBe(true);
      expect(await find()).toEqual(record);
      const byAlias = await engine().read.findArtifactByAlias("pushed_request", "alias-1");
      expect(byAlias).toEqual(record.aliasHash === undefined ? undefined : record);
      expect(await engine().write((writer) => writer.findArtifact("pushed_request", "key-1"))).toEqual(
        record,
      );
    });

    it("keeps kinds apart", async () => {
      await insert(artifact());
      expect(await engine().read.findArtifact("used_jti", "key-1")).toBeUndefined();
      expect(await engine().read.findArtifactByAlias("used_jti", "alias-1")).toBeUndefined();
      expect(await insert(artifact({ kind: "used_jti", document: {} }))).toBe(true);
      expect(await engine().write((writer) => writer.consumeArtifact("device_code", "key-1", 1))).toBe(false);
    });

    it.each([
      ["key", artifact({ aliasHash: "alias-2", document: { clientId: 9, parameters: "" } })],
      ["alias", artifact({ keyHash: "key-2", document: { clientId: 9, parameters: "" } })],
    ])("refuses a second one with the same %s and leaves the first", async (_, second) => {
      await insert(artifact());
      expect(await insert(second)).toBe(false);
      expect(await find()).toEqual(artifact());
      expect(await engine().read.findArtifact("pushed_request", "key-2")).toBeUndefined();
    });

    it("lets exactly one of many callers be the first to present a value", async () => {
      const won = await race(test, (store) =>
        store.engine.write((writer) => writer.insertArtifact(artifact({ kind: "used_jti", document: {} }))),
      );
      expect(won.filter(Boolean)).toHaveLength(1);
      expect(won).toHaveLength(CALLERS);
    });

    it("lets exactly one of many callers spend one, and remembers that it is spent", async () => {
      await insert(artifact());
      let caller = 0;
      const won = await race(test, (store) => {
        const spentAt = 1000 + caller++;
        return store.engine.write((writer) => writer.consumeArtifact("pushed_request", "key-1", spentAt));
      });
      expect(won.filter(Boolean)).toHaveLength(1);
      expect(await find()).toEqual(artifact({ spentAt: 1000 + won.indexOf(true) }));
    });

    it("makes exactly one token of an artifact that many callers redeem at once", async () => {
      await insert(artifact());
      let caller = 0;
      const redeemed = await race(test, (store) => {
        const spentAt = 1000 + caller++;
        return store.engine.write(async (writer) => {
          if (!(await writer.consumeArtifact("pushed_request", "key-1", spentAt))) return false;
          return writer.insertArtifact(
            artifact({ kind: "used_jti", keyHash: `${spentAt}`, document: {}, aliasHash: undefined }),
          );
        });
      });
      expect(redeemed.filter(Boolean)).toHaveLength(1);
      for (const [index, won] of redeemed.entries()) {
        const made = await engine().read.findArtifact("used_jti", `${1000 + index}`);
        expect(made !== undefined).toBe(won);
      }
    });

    it("is not spent when the rest of its transaction fails", async () => {
      await insert(artifact());
      const failed = engine().write(async (writer) => {
        expect(await writer.consumeArtifact("pushed_request", "key-1", 5)).toBe(true);
        throw new Error("refused");
      });
      await expect(failed).rejects.toThrow("refused");
      expect(await find()).toEqual(artifact());
    });

    it("changes only the version that the caller has seen", async () => {
      await insert(artifact());
      const change = artifact({
        document: { clientId: 5, parameters: "changed" },
        aliasHash: undefined,
        expiresAt: 9,
      });
      const won = await race(test, (store) => store.engine.write((writer) => writer.updateArtifact(change)));
      expect(won.filter(Boolean)).toHaveLength(1);
      expect(await find()).toEqual({ ...change, revision: change.revision + 1 });
      expect(await engine().write((writer) => writer.updateArtifact({ ...change, revision: 1 }))).toBe(true);
    });

    it("changes nothing that is spent", async () => {
      await insert(artifact({ spentAt: 3 }));
      const change = artifact({ document: { clientId: 5, parameters: "changed" } });
      expect(await engine().write((writer) => writer.updateArtifact(change))).toBe(false);
      expect(await find()).toEqual(artifact({ spentAt: 3 }));
    });
  });
}
