import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { EngineWriter } from "../../../src/server/engine/ports.ts";
import { artifact, token } from "./records.ts";
import { CALLERS, race, type StoreFactory, type TestStore } from "./store-factory.ts";

const names = Array.from({ length: CALLERS }, (_, caller) => `caller-${caller}`);

/** Works of several statements that come at once have the effect that they have one after the other. */
export function turnsContract(factory: StoreFactory): void {
  describe(`works that come at once on ${factory.name}`, () => {
    let test: TestStore;
    beforeEach(async () => {
      test = await factory.create();
      await test.store.upsertService("1", { serviceName: "" });
    });
    afterEach(() => test.remove());

    /** The same work from many callers, each with a name of its own. */
    const all = <Result>(work: (writer: EngineWriter, name: string) => Promise<Result>) => {
      const waiting = names.values();
      return race(test, (store) => {
        const name = waiting.next().value as string;
        return store.engine.write((writer) => work(writer, name));
      });
    };

    it("leave one token where each takes the place of all others", async () => {
      await all(async (writer, id) => {
        await writer.deleteTokensOf("1", 1001, "usr_1");
        await writer.insertToken(token({ id, accessTokenHash: id, refreshTokenHash: id }));
      });
      expect(await test.store.engine.read.countTokens("1", {})).toBe(1);
    });

    it("take turns with an artifact, whoever looks at it first", async () => {
      await test.store.engine.write((writer) => writer.insertArtifact(artifact()));
      const first = artifact().revision;
      const changed = await all(async (writer) => {
        const found = await writer.findArtifact("pushed_request", "key-1");
        return found !== undefined && writer.updateArtifact(found);
      });
      expect(changed).toEqual(names.map(() => true));
      const last = await test.store.engine.read.findArtifact("pushed_request", "key-1");
      expect(last?.revision).toBe(first + CALLERS);
    });

    it("add to the scopes that were granted before, and to none at first", async () => {
      await all(async (writer, name) => {
        const { merged = [] } = (await writer.findGrantedScopes("1", 1001, "usr_1")) ?? {};
        const key = { serviceId: "1", clientId: 1001, subject: "usr_1" };
        await writer.upsertGrantedScopes({
          ...key,
          latest: [name],
          merged: [...merged, name],
          modifiedAt: 1,
        });
      });
      const granted = await test.store.engine.read.findGrantedScopes("1", 1001, "usr_1");
      expect(granted?.merged.toSorted()).toEqual(names.toSorted());
    });

    it("add to a grant", async () => {
      await all(async (writer, name) => {
        const { grant = {} } = (await writer.findGrant("1", "grant-1")) ?? {};
        const claims = [...(grant.claims ?? []), name];
        const key = { serviceId: "1", grantId: "grant-1", clientId: 1001, subject: "usr_1" };
        await writer.upsertGrant({ ...key, grant: { ...grant, claims }, createdAt: 1, updatedAt: 1 });
      });
      const stored = await test.store.engine.read.findGrant("1", "grant-1");
      expect(stored?.grant.claims?.toSorted()).toEqual(names.toSorted());
    });

    it("add to a token", async () => {
      await test.store.engine.write((writer) => writer.insertToken(token({ properties: [] })));
      await all(async (writer, key) => {
        const found = (await writer.findToken("1", "token-1")) ?? token();
        await writer.updateToken("access-1", { ...found, properties: [...found.properties, { key }] });
      });
      const stored = await test.store.engine.read.findToken("1", "token-1");
      expect(stored?.properties.map(({ key }) => key).toSorted()).toEqual(names.toSorted());
    });

    it("add to the service", async () => {
      await all(async (writer, name) => {
        const service = await writer.lockService("1");
        await writer.replaceService("1", { serviceName: `${service?.serviceName} ${name}` });
      });
      const { serviceName } = (await test.store.findService("1")) ?? {};
      expect(serviceName?.split(" ").slice(1).toSorted()).toEqual(names.toSorted());
    });

    it("see a value that another has just taken, instead of failing on it", async () => {
      await test.store.engine.write(async (writer) => {
        for (const id of names) {
          await writer.insertToken(token({ id, accessTokenHash: id, refreshTokenHash: id }));
        }
      });
      const taken = await all(async (writer, id) => {
        if (await writer.findByAccessToken("1", "wanted")) return false;
        return writer.replaceToken(id, token({ id, accessTokenHash: "wanted", refreshTokenHash: id }));
      });
      expect(taken.filter(Boolean)).toHaveLength(1);
    });

    it("store the same clients, as instances do that start at once", async () => {
      const stored = await Promise.all([test.store, await another(), await another()].map(seed));
      expect(stored).toHaveLength(3);
      for (const clientId of [1, 2, 3]) {
        expect(await test.store.findClient("1", `alias-${clientId}`)).toMatchObject({ clientId });
      }
    });

    const another = async () => (test.another ? test.another() : test.store);
    const seed = async (store: TestStore["store"]) => {
      for (const clientId of [1, 2, 3]) {
        await store.upsertClient("1", { clientId, clientIdAlias: `alias-${clientId}` });
      }
    };
  });
}
