import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createKeyring } from "../../../src/server/secret/keyring.ts";
import { openStore, type Store, StoreOpenError } from "../../../src/server/store/open.ts";
import { factorSetup, secondFactor } from "./records.ts";
import { type Place, type PlaceFactory, random, SEALING_KEY } from "./store-factory.ts";

const OTHER_KEY = "another sealing key of 32 characters and more";
const CLIENTS = 120;

/** Enrols a person past the setup's own rules. */
async function enrolled(store: Store, subject: string): Promise<void> {
  const setup = factorSetup({ ownerHash: subject, subject });
  await store.factorSetups.put(setup);
  const shown = { ownerHash: subject, from: setup.sealed, to: setup.sealed };
  await store.factors.enrol({ ...secondFactor({ subject, id: subject }), codeHashes: [] }, shown);
}

/** What is sealed, and how it moves from one key to the next. */
export function sealingContract({ name, createPlace }: PlaceFactory): void {
  describe(`what is sealed on ${name}`, () => {
    let place: Place;
    beforeEach(async () => {
      place = await createPlace();
    });
    afterEach(() => place.remove());

    const open = (...keys: [string, ...string[]]) =>
      openStore({
        ...place.at,
        clock: Date.now,
        random,
        keyring: createKeyring(keys, { purpose: "store", random }),
      });
    const fill = async () => {
      const store = await open(SEALING_KEY);
      for (let person = 1; person <= CLIENTS; person++) await enrolled(store, `usr_${person}`);
      for (const id of ["1", "2"]) {
        await store.upsertService(id, { jwks: `of ${id}` });
        for (let clientId = 1; clientId <= CLIENTS; clientId++) {
          await store.upsertClient(id, { clientId, clientSecret: `secret ${clientId}` });
        }
      }
      await store.close();
    };
    const expectAll = async (...keys: [string, ...string[]]) => {
      const store = await open(...keys);
      for (let person = 1; person <= CLIENTS; person++) {
        expect((await store.factors.find(`usr_${person}`))?.secret).toEqual(secondFactor().secret);
      }
      for (const id of ["1", "2"]) {
        expect(await store.findService(id)).toEqual({ jwks: `of ${id}` });
        for (let clientId = 1; clientId <= CLIENTS; clientId++) {
          expect((await store.findClient(id, `${clientId}`))?.clientSecret).toBe(`secret ${clientId}`);
        }
      }
      await store.close();
    };

    it("cannot be opened with a foreign key: the store refuses at once and names the variable", async () => {
      await (await open(SEALING_KEY)).close();
      const foreign = open(OTHER_KEY);
      await expect(foreign).rejects.toThrow(/TICKETGATE_SEALING_KEYS does not open this database/);
      await expect(foreign).rejects.toBeInstanceOf(StoreOpenError);
      await (await open(SEALING_KEY)).close();
    });

    it("moves to a new key that is put in front, and then the old key can go", async () => {
      await fill();
      await expect(open(OTHER_KEY)).rejects.toThrow(StoreOpenError);
      await expectAll(OTHER_KEY, SEALING_KEY);
      await expectAll(OTHER_KEY);
      await expect(open(SEALING_KEY)).rejects.toThrow("TICKETGATE_SEALING_KEYS");
    });

    it("moves to a new key that several instances bring at once", async () => {
      await fill();
      const stores = await Promise.all([1, 2, 3].map(() => open(OTHER_KEY, SEALING_KEY)));
      for (const store of stores) await store.close();
      await expectAll(OTHER_KEY);
    });

    it("stays with its key while that is the first of the list", async () => {
      const first = await open(SEALING_KEY);
      await first.upsertService("1", { jwks: "kept" });
      await first.close();
      const stored = async () => [
        await place.ask("select * from services"),
        await place.ask("select * from store_facts"),
      ];
      const before = await stored();
      await (await open(SEALING_KEY, OTHER_KEY)).close();
      expect(await stored()).toEqual(before);
    });

    it("is nowhere else in the row: private keys and client secrets", async () => {
      const store = await open(SEALING_KEY);
      const secrets = { jwks: "CANARY-jwks", federationJwks: "CANARY-federation", apiSecret: "CANARY-api" };
      await store.upsertService("1", { serviceName: "VISIBLE-service", ...secrets });
      await store.upsertClient("1", { clientId: 1, clientName: "VISIBLE", clientSecret: "CANARY-client" });
      await store.close();
      const rows = [
        ...(await place.ask("select * from services")),
        ...(await place.ask("select * from clients")),
      ];
      expect(rows.map((row) => String(row.document))).toEqual([
        expect.stringContaining("VISIBLE-service"),
        expect.stringContaining("VISIBLE"),
      ]);
      expect(JSON.stringify(rows)).not.toContain("CANARY");
    });

    it("hides the secret of an authenticator app, which opens only in its own row", async () => {
      const store = await open(SEALING_KEY);
      await enrolled(store, "usr_1");
      await enrolled(store, "usr_2");
      const rows = await place.ask("select * from second_factors");
      const plain = Buffer.from(secondFactor().secret);
      for (const form of ["base64url", "hex", "latin1"] as const)
        expect(JSON.stringify(rows)).not.toContain(plain.toString(form));
      await place.ask(
        `update second_factors set sealed = (select sealed from second_factors where subject = 'usr_1')
           where subject = 'usr_2'`,
      );
      await expect(store.factors.find("usr_2")).rejects.toThrow("second_factors usr_2");
      expect((await store.factors.find("usr_1"))?.secret).toEqual(secondFactor().secret);
      await store.close();
    });

    it("opens only in its own row", async () => {
      const store = await open(SEALING_KEY);
      await store.upsertService("1", {});
      await store.upsertClient("1", { clientId: 1, clientSecret: "of 1" });
      await store.upsertClient("1", { clientId: 2, clientSecret: "of 2" });
      await place.ask(
        `update clients set revision = 'moved',
           sealed = (select sealed from clients where client_id = 1) where client_id = 2`,
      );
      await expect(store.findClient("1", "2")).rejects.toThrow("clients 1 2");
      expect((await store.findClient("1", "1"))?.clientSecret).toBe("of 1");
      await store.close();
    });
  });
}
