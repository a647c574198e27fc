import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { EngineRefusedCall } from "../../../src/server/authlete/error.ts";
import { backend, type Gate, openGate } from "../../support/gate.ts";
import { failEngine, findClient, openActor, repairEngine, saveClient, setService } from "./actors.ts";

let gate: Gate;
beforeEach(async () => {
  gate = await openGate();
});
afterEach(() => gate.close());

const issues = () => gate.callsOf("auth/token/issue").length;

describe.each(["backend", "server"] as const)("the subject that a %s vouches for", (kind) => {
  it.each([backend.id, "1001"])(
    "may not be the id of a client, and the ticket stays good: %s",
    async (subject) => {
      const actor = await openActor(gate, kind);
      const ticket = await actor.ticket();
      const { error } = await actor.issue(ticket, { subject });
      expect(error).toMatchObject({
        code: "BAD_REQUEST",
        fields: { subject: ["is the identifier of a client"] },
      });
      expect(issues()).toBe(0);
      expect((await actor.issue(ticket)).data?.subject).toBe(actor.subject);
    },
  );

  it.each(["shop", "shop:50% &=1/2?#", "usr_shop"])(
    "may not be the alias of a client, and the ticket stays good: %s",
    async (clientIdAlias) => {
      const client = await findClient(gate, "1001");
      await saveClient(gate, { ...client, clientIdAlias, clientIdAliasEnabled: true });
      await setService(gate, { clientIdAliasEnabled: true });
      const actor = await openActor(gate, kind);
      const ticket = await actor.ticket();
      const { error } = await actor.issue(ticket, { subject: clientIdAlias });
      expect(error?.fields).toEqual({ subject: ["is the identifier of a client"] });
      expect(issues()).toBe(0);
      expect((await actor.issue(ticket, { subject: `${clientIdAlias}s` })).data?.action).toBe("OK");
    },
  );

  it.each([
    ["refuses to look for such a name", () => Promise.reject(new EngineRefusedCall("client/get", 400, "A1"))],
    ["takes the name for another operation", async () => ({ totalCount: 0, start: 0, end: 5 })],
  ])("is no client's when the engine %s", async (_, answer) => {
    const actor = await openActor(gate, kind);
    const ticket = await actor.ticket();
    gate.intercept(({ operation }, send) => (operation === "client/get" ? answer() : send()));
    expect((await actor.issue(ticket, { subject: "list" })).data?.subject).toBe("list");
  });

  it.each(["424242", "usr_2001", ".", "..", "2001x", " 2001", "9".repeat(19), "9".repeat(20)])(
    "may be anything else: %s",
    async (subject) => {
      const actor = await openActor(gate, kind);
      const { data } = await actor.issue(await actor.ticket(), { subject });
      expect(data?.subject).toBe(subject);
    },
  );

  it("leaves the ticket good when the engine cannot tell", async () => {
    const actor = await openActor(gate, kind);
    const ticket = await actor.ticket();
    failEngine(gate, "client/get", "cannot be reached");
    expect((await actor.issue(ticket, { subject: "424242" })).error?.code).toBe("ENGINE_UNAVAILABLE");
    repairEngine(gate);
    expect((await actor.issue(ticket, { subject: "424242" })).data?.subject).toBe("424242");
  });
});

describe("the subject of a browser", () => {
  const failures = () => gate.callsOf("auth/token/fail");
  const others = ["usr_somebody", "alice", backend.id, "USR", " "];

  it.each(others)("that was not authenticated fails the sign-in, at the engine too: %j", async (subject) => {
    const browser = await openActor(gate, "browser");
    const ticket = await browser.ticket();
    const { error } = await browser.issue(ticket, { subject });
    expect(error).toMatchObject({ code: "SUBJECT_MISMATCH" });
    expect(issues()).toBe(0);
    expect(failures()).toHaveLength(1);
    expect(failures()[0]?.request).toMatchObject({ reason: "UNKNOWN" });
  });

  it("that was not authenticated ends the handle for the right one too", async () => {
    const browser = await openActor(gate, "browser");
    const ticket = await browser.ticket();
    await browser.issue(ticket, { subject: "usr_somebody" });
    expect((await browser.issue(ticket)).error?.code).toBe("TICKET_INVALID");
    expect(issues()).toBe(0);
    expect((await browser.issue(await browser.ticket())).data).toMatchObject({ subject: browser.subject });
  });

  it("that was not authenticated stands in the audit trail, without what was asked for", async () => {
    const browser = await openActor(gate, "browser");
    await browser.issue(await browser.ticket(), { subject: "usr_somebody" });
    const events = gate.lines.map((line) => JSON.parse(line));
    expect(events.filter(({ event }) => event === "audit.subject_mismatch")).toEqual([
      expect.objectContaining({ level: "warn", authenticated: browser.subject, clientId: "1001" }),
    ]);
    expect(gate.lines.join("\n")).not.toContain("usr_somebody");
  });

  it("is refused by one of 32 calls with another one, and the engine fails the ticket once", async () => {
    const browser = await openActor(gate, "browser");
    const ticket = await browser.ticket();
    const issue = () => browser.issue(ticket, { subject: "usr_somebody" });
    const outcomes = await Promise.all(Array.from({ length: 32 }, issue));
    const codes = outcomes.map(({ error }) => error?.code);
    expect(codes.filter((code) => code === "SUBJECT_MISMATCH")).toHaveLength(1);
    expect(codes.filter((code) => code === "TICKET_INVALID")).toHaveLength(31);
    expect(failures()).toHaveLength(1);
    expect(issues()).toBe(0);
  });

  it("is a mismatch even when the engine cannot be told, and the handle is spent", async () => {
    const browser = await openActor(gate, "browser");
    const ticket = await browser.ticket();
    failEngine(gate, "auth/token/fail", "cannot be reached");
    expect((await browser.issue(ticket, { subject: "x" })).error?.code).toBe("SUBJECT_MISMATCH");
    repairEngine(gate);
    expect((await browser.issue(ticket)).error?.code).toBe("TICKET_INVALID");
    expect(gate.lines.some((line) => line.includes("sign_in.ticket_not_spent"))).toBe(true);
  });
});
