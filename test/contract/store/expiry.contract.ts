import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  accountToken,
  artifact,
  clientToken,
  factorSetup,
  interaction,
  session,
  sessionClient,
  spent,
  ticket,
  token,
  transaction,
} from "./records.ts";
import type { StoreFactory, TestStore } from "./store-factory.ts";

const END = 1_800_000_000_000;

/** What the clean-up removes, and what it leaves. */
export function expiryContract(factory: StoreFactory): void {
  describe(`the clean-up on ${factory.name}`, () => {
    let test: TestStore;
    beforeEach(async () => {
      test = await factory.create();
    });
    afterEach(() => test.remove());

    const fill = async (expiresAt: number, suffix: string) => {
      const access = { accessTokenHash: `a-${suffix}`, accessTokenExpiresAt: expiresAt };
      await test.store.engine.write(async (writer) => {
        await writer.insertTicket(ticket({ ticketHash: suffix, expiresAt }));
        await writer.insertToken(clientToken({ id: suffix, ...access }));
        await writer.insertSpentRefreshToken(spent({ refreshTokenHash: suffix, expiresAt }));
        await writer.insertArtifact(artifact({ keyHash: suffix, aliasHash: suffix, expiresAt }));
      });
      await test.store.transactions.insert(transaction({ handleHash: suffix, expiresAt }));
      await test.store.sessions.insert(session({ idHash: suffix, expiresAt }));
      await test.store.accountTokens.insert(accountToken({ tokenHash: suffix, expiresAt }));
      await test.store.interactions.insert(interaction({ handleHash: suffix, expiresAt }));
      await test.store.factorSetups.put(factorSetup({ ownerHash: suffix, expiresAt }));
      await test.store.sessionClients.note(sessionClient({ sessionHash: suffix, sid: suffix, expiresAt }));
    };
    const found = async (suffix: string) => [
      await test.store.engine.read.findTicket(suffix),
      await test.store.engine.read.findByAccessToken("1", `a-${suffix}`),
      await test.store.engine.read.findSpentRefreshToken("1", suffix),
      await test.store.engine.read.findArtifact("pushed_request", suffix),
      await test.store.transactions.find(suffix),
      await test.store.sessions.find(suffix),
      await test.store.interactions.find(suffix),
      await test.store.accountTokens.find({ tokenHash: suffix, purpose: "reset-password", now: END - 1 }),
      await test.store.sessionClients.findBySid(suffix),
      await test.store.factorSetups.find(suffix, END - 1),
    ];

    it("removes what expires by now, and nothing that lives a millisecond longer", async () => {
      await fill(END, "old");
      await fill(END + 1, "young");
      expect(await test.store.removeExpired(END, 100)).toBe(10);
      expect(await found("old")).toEqual(Array(10).fill(undefined));
      expect(await found("young")).not.toContain(undefined);
    });

    it("keeps a token while its refresh token lives", async () => {
      const record = token({ accessTokenExpiresAt: END, refreshTokenExpiresAt: END + 2 });
      await test.store.engine.write((writer) => writer.insertToken(record));
      expect(await test.store.removeExpired(END + 1, 100)).toBe(0);
      expect(await test.store.engine.read.findByAccessToken("1", "access-1")).toEqual(record);
      expect(await test.store.removeExpired(END + 2, 100)).toBe(1);
    });

    it("forgets nonces only after their time", async () => {
      const soon = Date.now() + 60_000;
      await test.store.nonces.consume("nonce-1", soon);
      expect(await test.store.removeExpired(soon - 1, 100)).toBe(0);
      expect(await test.store.nonces.consume("nonce-1", soon)).toBe(false);
      expect(await test.store.removeExpired(soon, 100)).toBe(1);
    });

    it("removes everything in small steps, and lets other writes in between", async () => {
      await test.store.engine.write(async (writer) => {
        for (let index = 0; index < 95; index++) {
          await writer.insertTicket(ticket({ ticketHash: `old-${index}`, expiresAt: END }));
        }
      });
      const cleaning = test.store.removeExpired(END, 10);
      await test.store.engine.write((writer) => writer.insertTicket(ticket({ ticketHash: "new" })));
      const left = await Promise.all(
        Array.from({ length: 95 }, (_, index) => test.store.engine.read.findTicket(`old-${index}`)),
      );
      if (factory.isOneByOne) expect(left.filter(Boolean).length).toBeGreaterThanOrEqual(75);
      expect(await cleaning).toBe(95);
      expect(await test.store.engine.read.findTicket("new")).toBeDefined();
      expect(await test.store.engine.read.findTicket("old-94")).toBeUndefined();
    });

    it("stops after a step when the store closes", async () => {
      for (const index of [1, 2, 3]) await test.store.nonces.consume(`n${index}`, Date.now() + 50_000);
      const cleaning = test.store.removeExpired(Date.now() + 60_000, 1);
      await test.store.close();
      expect(await cleaning).toBeLessThan(3);
    });
  });
}
