import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { transaction as signIn, ticket } from "./records.ts";
import { CALLERS, type StoreFactory, type TestStore } from "./store-factory.ts";

const names = Array.from({ length: CALLERS }, (_, index) => `ticket-${index}`);

/** What `write` promises: all of a work or nothing of it, whoever it shares a commit with. */
export function writeContract(factory: StoreFactory): void {
  describe(`writes on ${factory.name}`, () => {
    let test: TestStore;
    const engine = () => test.store.engine;

    beforeEach(async () => {
      test = await factory.create();
    });
    afterEach(() => test.remove());

    it("undoes the works that reject and keeps those that share the commit with them", async () => {
      const outcomes = await Promise.allSettled(
        names.map((ticketHash, index) =>
          engine().write(async (transaction) => {
            await transaction.insertTicket(ticket({ ticketHash }));
            if (index % 3 === 0) throw new Error(`refused ${index}`);
            return index;
          }),
        ),
      );
      for (const [index, outcome] of outcomes.entries()) {
        const refused = index % 3 === 0;
        if (outcome.status === "rejected") expect(outcome.reason).toEqual(new Error(`refused ${index}`));
        else expect(outcome.value).toBe(index);
        expect(outcome.status).toBe(refused ? "rejected" : "fulfilled");
        const found = await engine().read.findTicket(`ticket-${index}`);
        expect(found?.ticketHash).toBe(refused ? undefined : `ticket-${index}`);
      }
    });

    it("undoes a work whose own query fails, and only that", async () => {
      await engine().write((transaction) => transaction.insertTicket(ticket()));
      const [before, failing, after] = await Promise.allSettled([
        engine().write((transaction) => transaction.insertTicket(ticket({ ticketHash: "before" }))),
        engine().write(async (transaction) => {
          await transaction.insertTicket(ticket({ ticketHash: "inside" }));
          await transaction.insertTicket(ticket());
        }),
        test.store.transactions.insert(signIn()),
      ]);
      expect([before?.status, failing?.status, after?.status]).toEqual([
        "fulfilled",
        "rejected",
        "fulfilled",
      ]);
      expect(await engine().read.findTicket("before")).toBeDefined();
      expect(await engine().read.findTicket("inside")).toBeUndefined();
      expect(await test.store.transactions.find("handle-1")).toEqual(signIn());
    });

    it("undoes a single work that rejects, and one that throws before its first query", async () => {
      const late = engine().write(async (transaction) => {
        await transaction.insertTicket(ticket());
        throw new Error("late");
      });
      await expect(late).rejects.toThrow("late");
      const early = engine().write(() => {
        throw new Error("early");
      });
      await expect(early).rejects.toThrow("early");
      expect(await engine().read.findTicket("ticket-1")).toBeUndefined();
      await engine().write((transaction) => transaction.insertTicket(ticket()));
      expect(await engine().read.findTicket("ticket-1")).toEqual(ticket());
    });

    it("shows a work what it wrote itself, and readers only what is committed", async () => {
      let open = () => {};
      const held = new Promise<void>((resolve) => {
        open = resolve;
      });
      const seenInside = engine().write(async (transaction) => {
        await transaction.insertTicket(ticket());
        const own = await transaction.findTicket("ticket-1");
        await held;
        return own;
      });
      await new Promise((turn) => setTimeout(turn, 10));
      const reading = engine().read.findTicket("ticket-1");
      if (test.another) expect(await reading).toBeUndefined();
      open();
      expect(await seenInside).toEqual(ticket());
      if (!test.another) expect(await reading).toEqual(ticket());
      expect(await engine().read.findTicket("ticket-1")).toEqual(ticket());
    });

    const inOrder = async () => {
      const order: number[] = [];
      await Promise.all(
        names.map((_, index) =>
          engine().write(async (transaction) => {
            order.push(index);
            await transaction.findTicket("ticket-1");
            order.push(index);
          }),
        ),
      );
      expect(order).toEqual(names.flatMap((_, index) => [index, index]));
    };
    if (factory.isOneByOne) it("runs works one after the other, in the order they came", inOrder);

    it("refuses what would wait for itself: reading or writing past the transaction inside a work", async () => {
      const reading = engine().write(() => engine().read.findTicket("ticket-1"));
      await expect(reading).rejects.toThrow("must use the transaction");
      const writing = engine().write(() => test.store.sessions.touch("session-1", 1));
      await expect(writing).rejects.toThrow("must use the transaction");
      // The same calls once the work is over.
      const after = engine()
        .write(async () => {})
        .then(() => engine().read.findTicket("ticket-1"));
      expect(await after).toBeUndefined();
    });

    it("finishes what was begun before it closes, and refuses what comes later", async () => {
      const begun = names.map((ticketHash) =>
        engine().write((transaction) => transaction.insertTicket(ticket({ ticketHash }))),
      );
      const closing = test.store.close();
      await Promise.all([...begun, closing]);
      await expect(engine().write(async () => {})).rejects.toThrow("closed");
      await expect(engine().read.findTicket("ticket-1")).rejects.toThrow();
      if (!test.another) return;
      const reopened = await test.another();
      for (const name of names) expect(await reopened.engine.read.findTicket(name)).toBeDefined();
    });
  });
}
