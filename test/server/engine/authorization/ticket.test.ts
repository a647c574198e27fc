import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  issue,
  leavingNothing,
  openAuthorizationEngine,
  query,
  type TestEngine,
  ticketFor,
  waiting,
} from "./authorization-flow.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await openAuthorizationEngine();
});
afterEach(() => test.close());

const info = (ticket: unknown) => test.engine["auth/authorization/ticket/info"]({ ticket } as never);
const update = (ticket: unknown, text: unknown) =>
  test.engine["auth/authorization/ticket/update"]({ ticket, info: text } as never);

async function ticketWith(context: string): Promise<string> {
  return waiting(await test.engine["auth/authorization"]({ parameters: query(), context })).ticket;
}

describe("ticket/info", () => {
  it("tells what the caller keeps with a ticket, and does not use it", async () => {
    const ticket = await ticketWith("step 1");
    expect(await leavingNothing(test, () => info(ticket))).toMatchObject({
      action: "OK",
      info: { context: "step 1" },
    });
    expect(await info(await ticketFor(test))).toMatchObject({ action: "OK" });
    expect((await issue(test, ticket)).action).toBe("LOCATION");
  });

  it.each([
    ["missing", undefined, "CALLER_ERROR", "A387201"],
    ["a number", 5, "CALLER_ERROR", "A387201"],
    ["unknown", "x", "NOT_FOUND", "A387202"],
  ])("of a ticket that is %s", async (_what, ticket, action, resultCode) => {
    expect(await info(ticket)).toMatchObject({ action, resultCode });
  });

  it("of a ticket that was used, or has expired, finds nothing", async () => {
    const [used, old] = [await ticketFor(test), await ticketFor(test)];
    await issue(test, used);
    expect(await info(used)).toMatchObject({ action: "NOT_FOUND", resultCode: "A387202" });
    test.clock.advance(24 * 3600 * 1000);
    expect(await info(old)).toMatchObject({ action: "NOT_FOUND", resultCode: "A387202" });
  });
});

describe("ticket/update", () => {
  it.each([
    ["an object", { context: "step 2" }],
    ["the JSON text of one", '{"context":"step 2"}'],
  ])("takes %s", async (_what, given) => {
    const ticket = await ticketWith("step 1");
    expect(await update(ticket, given)).toMatchObject({ action: "OK" });
    expect(await info(ticket)).toMatchObject({ info: { context: "step 2" } });
    expect(await issue(test, ticket)).toMatchObject({ ticketInfo: { context: "step 2" } });
  });

  it.each([[{}], ["{}"], [{ context: null }], [{ context: "" }], [{ context: 5 }]])(
    "%o forgets what was kept",
    async (given) => {
      const ticket = await ticketWith("step 1");
      expect(await update(ticket, given)).toMatchObject({ action: "OK" });
      expect(await info(ticket)).not.toMatchObject({ info: { context: "step 1" } });
    },
  );

  it.each([undefined, null, 5, "step 2", "[]", []])("%o is no info: nothing changes", async (given) => {
    const ticket = await ticketWith("step 1");
    const answer = await leavingNothing(test, () => update(ticket, given));
    expect(answer).toMatchObject({ action: "CALLER_ERROR", resultCode: "A388204" });
    expect(await info(ticket)).toMatchObject({ info: { context: "step 1" } });
  });

  it("of a ticket that is missing, unknown, used or expired", async () => {
    expect(await update("", {})).toMatchObject({ action: "CALLER_ERROR", resultCode: "A388201" });
    expect(await update("x", {})).toMatchObject({ action: "NOT_FOUND", resultCode: "A388202" });
    const [used, old] = [await ticketFor(test), await ticketFor(test)];
    await issue(test, used);
    expect(await update(used, {})).toMatchObject({ action: "NOT_FOUND", resultCode: "A388202" });
    test.clock.advance(24 * 3600 * 1000);
    expect(await update(old, {})).toMatchObject({ action: "NOT_FOUND", resultCode: "A388202" });
  });

  it("by many at once leaves one of their notes", async () => {
    const ticket = await ticketFor(test);
    const notes = Array.from({ length: 32 }, (_, index) => `note ${index}`);
    const answers = await Promise.all(notes.map((context) => update(ticket, { context })));
    expect(answers.every(({ action }) => action === "OK")).toBe(true);
    const kept = (await info(ticket)) as { info: { context: string } };
    expect(notes).toContain(kept.info.context);
  });
});
