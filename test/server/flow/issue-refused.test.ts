import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hashOf } from "../../../src/server/secret/hash.ts";
import { cookieRules } from "../../../src/server/session/cookie.ts";
import { freshValue, type Gate, ORIGIN, openGate } from "../../support/gate.ts";
import { type ActorKind, actorKinds, addBackend, openActor } from "./actors.ts";

let gate: Gate;
beforeEach(async () => {
  gate = await openGate();
});
afterEach(() => gate.close());

/** `TICKETGATE_TRANSACTION_SECONDS` when nobody sets it. */
const LIFETIME_MS = 600_000;
const issues = () => gate.callsOf("auth/token/issue").length;

/** Every way in which a browser can hold a handle that is not good (any more). */
const badHandles = {
  "of another browser": async () => (await gate.browser().login()).data?.handle,
  "of another browser, whose cookie's name is known": async (browser) => {
    const handle = (await gate.browser().login()).data?.handle ?? "";
    browser.cookies.set(cookieRules(ORIGIN).transaction(hashOf(handle)), freshValue());
    return handle;
  },
  "of the same browser without its cookie": async (browser) => {
    const handle = (await browser.login()).data?.handle;
    browser.cookies.clear();
    return handle;
  },
  expired: async (browser) => {
    const handle = (await browser.login()).data?.handle;
    gate.clock.advance(LIFETIME_MS);
    return handle;
  },
  used: async (browser) => {
    const handle = (await browser.login()).data?.handle ?? "";
    const cookies = [...browser.cookies];
    await browser.call("token.issue", { ticket: handle, subject: await gate.subject() });
    for (const [name, value] of cookies) browser.cookies.set(name, value);
    return handle;
  },
  unknown: async () => freshValue(),
  "no handle at all, but text": async () => "x",
} satisfies Record<string, (browser: ReturnType<Gate["browser"]>) => Promise<string | undefined>>;

describe("a handle", () => {
  it.each(Object.keys(badHandles) as (keyof typeof badHandles)[])(
    "that is not good is refused like any other, and nothing is issued: %s",
    async (name) => {
      const browser = gate.browser();
      const ticket = await badHandles[name](browser);
      const before = issues();
      const reply = await browser.call("token.issue", { ticket, subject: await gate.subject() });
      const unknown = await gate.browser().call("token.issue", { ticket: freshValue(), subject: "usr_1" });
      expect(reply).toMatchObject({ status: 400, error: { code: "TICKET_INVALID" } });
      expect(reply.text).toBe(unknown.text);
      expect(issues()).toBe(before);
      expect((await browser.current()).data?.signedIn).toBe(name === "used");
    },
  );

  it("is good until the millisecond before its end", async () => {
    const browser = gate.browser();
    const ticket = (await browser.login()).data?.handle;
    gate.clock.advance(LIFETIME_MS - 1);
    const reply = await browser.call("token.issue", { ticket, subject: await gate.subject() });
    expect(reply.data).toMatchObject({ action: "OK" });
  });
});

describe("a ticket belongs to who got it", () => {
  const pairs = actorKinds.flatMap((owner) =>
    actorKinds.filter((other) => other !== owner).map((other) => [owner, other] as const),
  );
  // Code of this process may use what it finds recorded for a back end: it may do everything.
  const foreign = pairs.filter(([owner, other]) => !(owner === "backend" && other === "server"));

  it.each(foreign)("that of a %s is nothing to a %s, and stays good", async (ownerKind, otherKind) => {
    const owner = await openActor(gate, ownerKind);
    const ticket = await owner.ticket();
    expect(await refusedTo(otherKind, ticket)).toBe("TICKET_INVALID");
    expect(issues()).toBe(0);
    expect((await owner.issue(ticket)).data).toMatchObject({ action: "OK" });
  });

  it("that of a browser is nothing to another browser, and stays good", async () => {
    const owner = await openActor(gate, "browser");
    const ticket = await owner.ticket();
    expect(await refusedTo("browser", ticket)).toBe("TICKET_INVALID");
    expect((await owner.issue(ticket)).data).toMatchObject({ action: "OK" });
  });

  it("that of a back end is nothing to the back end of another client, and stays good", async () => {
    const owner = await openActor(gate, "backend");
    const ticket = await owner.ticket();
    const other = await addBackend(gate, "2002");
    const reply = await other.issue({ ticket, subject: "usr_1" });
    expect(reply).toMatchObject({ status: 400, error: { code: "TICKET_INVALID" } });
    const withDuration = await other.issue({ ticket, subject: "usr_1", accessTokenDuration: 60 });
    expect(withDuration.text).toBe(reply.text);
    expect(issues()).toBe(0);
    expect((await owner.issue(ticket)).data).toMatchObject({ action: "OK" });
  });

  it("that of a back end may be issued and failed by code of this process", async () => {
    const owner = await openActor(gate, "backend");
    const server = gate.server();
    const issued = await server.token.issue({ ticket: await owner.ticket(), subject: "usr_1" });
    expect(issued).toMatchObject({ action: "OK", subject: "usr_1" });
    const ticket = await owner.ticket();
    await server.token.fail({ ticket, reason: "UNKNOWN" });
    expect((await owner.issue(ticket)).error?.code).toBe("TICKET_INVALID");
  });

  it.each(["backend", "server"] as const)("that of a %s ends with its time", async (kind) => {
    const actor = await openActor(gate, kind);
    const ticket = await actor.ticket();
    gate.clock.advance(LIFETIME_MS);
    expect((await actor.issue(ticket)).error?.code).toBe("TICKET_INVALID");
    expect(issues()).toBe(0);
  });

  async function refusedTo(kind: ActorKind, ticket: string): Promise<string | undefined> {
    const other = await openActor(gate, kind);
    return (await other.issue(ticket)).error?.code;
  }
});
