import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Gate, openGate } from "../../support/gate.ts";
import {
  type Actor,
  actorKinds,
  engineFailureNames,
  failEngine,
  openActor,
  outcomeOf,
  passwordRequest,
  repairEngine,
} from "./actors.ts";

const CONCURRENT = 32;

let gate: Gate;
beforeEach(async () => {
  gate = await openGate();
});
afterEach(() => gate.close());

const issues = () => gate.callsOf("auth/token/issue").length;

/** So many calls of one ticket at the same moment, told by their codes. */
async function race(issue: () => ReturnType<Actor["issue"]>): Promise<string[]> {
  const outcomes = await Promise.all(Array.from({ length: CONCURRENT }, issue));
  return outcomes.map(({ error }) => error?.code ?? "OK").toSorted();
}

const oneOfThem = ["OK", ...Array.from({ length: CONCURRENT - 1 }, () => "TICKET_INVALID")];

describe.each(actorKinds)("a ticket of a %s", (kind) => {
  it("is issued once of 32 calls at the same moment, and reaches the engine once", async () => {
    const actor = await openActor(gate, kind);
    const ticket = await actor.ticket();
    expect(await race(() => actor.issue(ticket))).toEqual(oneOfThem);
    expect(issues()).toBe(1);
  });

  it("is issued once while the engine takes its time", async () => {
    const actor = await openActor(gate, kind);
    const ticket = await actor.ticket();
    const slow = Promise.withResolvers<void>();
    gate.intercept(async ({ operation }, send) => {
      if (operation === "auth/token/issue") await slow.promise;
      return send();
    });
    const first = actor.issue(ticket);
    await expect.poll(issues).toBe(1);
    expect((await actor.issue(ticket)).error?.code).toBe("TICKET_INVALID");
    slow.resolve();
    expect((await first).data).toMatchObject({ action: "OK", subject: actor.subject });
    expect(issues()).toBe(1);
  });

  it("is good for tokens, and then for nothing", async () => {
    const actor = await openActor(gate, kind);
    const ticket = await actor.ticket();
    expect((await actor.issue(ticket)).data).toMatchObject({ action: "OK", subject: actor.subject });
    expect((await actor.issue(ticket)).error?.code).toBe("TICKET_INVALID");
    expect(issues()).toBe(1);
  });

  it("does not stand in the way of another ticket of the same actor", async () => {
    const actor = await openActor(gate, kind);
    const tickets = [await actor.ticket(), await actor.ticket()];
    const outcomes = await Promise.all(tickets.map((ticket) => actor.issue(ticket)));
    expect(outcomes.map(({ data }) => data?.action)).toEqual(["OK", "OK"]);
  });

  it.each(engineFailureNames)("is spent when the engine %s: nobody tries again", async (failure) => {
    const actor = await openActor(gate, kind);
    const ticket = await actor.ticket();
    failEngine(gate, "auth/token/issue", failure);
    const { error } = await actor.issue(ticket);
    expect(error).toMatchObject({ code: "ENGINE_UNAVAILABLE", correlationId: expect.any(String) });
    repairEngine(gate);
    expect((await actor.issue(ticket)).error?.code).toBe("TICKET_INVALID");
    expect(issues()).toBe(1);
    expect((await actor.issue(await actor.ticket())).data?.action).toBe("OK");
  });

  it("is spent when the engine breaks in a way nobody foresaw, whose text stays here", async () => {
    const actor = await openActor(gate, kind);
    const ticket = await actor.ticket();
    gate.intercept(({ operation }, send) =>
      operation === "auth/token/issue" ? Promise.reject(new TypeError("inner text")) : send(),
    );
    const { error } = await actor.issue(ticket);
    expect(error?.code).toBe("INTERNAL_ERROR");
    expect(JSON.stringify(error)).not.toContain("inner text");
    repairEngine(gate);
    expect((await actor.issue(ticket)).error?.code).toBe("TICKET_INVALID");
    expect(issues()).toBe(1);
  });
});

describe("a ticket that code of this process got from the engine itself", () => {
  it("is guarded by the engine: one of 32 calls gets tokens", async () => {
    const answer = await gate.services.authlete["auth/token"](passwordRequest());
    const ticket = answer.action === "PASSWORD" ? answer.ticket : "";
    const issue = () => outcomeOf(gate.server().token.issue({ ticket, subject: "usr_server" }));
    expect(await race(issue)).toEqual(oneOfThem);
  });
});
