import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Session } from "../../../src/server/session/records.ts";
import { type Browser, freshValue, type Gate, openGate } from "../../support/gate.ts";
import { failEngine, repairEngine } from "./actors.ts";
import { isActive, SESSION, tokensOf } from "./signed-in.ts";

let gate: Gate;
let browser: Browser;
beforeEach(async () => {
  gate = await openGate();
  browser = gate.browser();
});
afterEach(() => gate.close());

const IDLE_MS = 1_800_000;
const ABSOLUTE_MS = 43_200_000;

const isSignedIn = async () => (await browser.current()).data?.signedIn;

describe("a session", () => {
  it("lives to the millisecond before it has been idle for too long", async () => {
    await browser.signIn();
    gate.clock.advance(IDLE_MS - 1);
    expect(await isSignedIn()).toBe(true);
  });

  it("ends when it has been idle for too long", async () => {
    await browser.signIn();
    gate.clock.advance(IDLE_MS);
    expect(await isSignedIn()).toBe(false);
    expect(browser.cookies.has(SESSION)).toBe(false);
  });

  it("lives on while it is used, until its end whatever the use", async () => {
    await browser.signIn();
    const step = IDLE_MS - 1;
    let age = 0;
    for (; age + step < ABSOLUTE_MS; age += step) {
      gate.clock.advance(step);
      expect(await isSignedIn()).toBe(true);
    }
    gate.clock.advance(ABSOLUTE_MS - age - 1);
    expect(await isSignedIn()).toBe(true);
    gate.clock.advance(1);
    expect(await isSignedIn()).toBe(false);
  });

  it("tells when it ends if nobody uses it", async () => {
    await browser.signIn();
    const { data } = await browser.call<{ sessionExpiresAt: Date }>("session.current", undefined, {
      method: "GET",
    });
    expect(data?.sessionExpiresAt).toEqual(new Date(gate.clock() + IDLE_MS));
  });

  it("is nobody's when its account is gone", async () => {
    await browser.signIn();
    const accounts = { ...gate.services.accounts, find: async () => undefined };
    Object.assign(gate.services, { accounts });
    expect(await isSignedIn()).toBe(false);
  });
});

describe("a cookie that opens nothing", () => {
  it.each([
    ["empty", ""],
    ["text", "hello"],
    ["of the right length", freshValue()],
    ["too long", `${freshValue()}x`],
    ["very long", "A".repeat(4_000)],
    ["with characters that are not ours", `${freshValue().slice(1)}%`],
    ["a prototype's member", "__proto__"],
  ])("is nobody's, and is cleared: %s", async (_, value) => {
    browser.cookies.set(SESSION, value);
    const reply = await browser.current();
    expect(reply).toMatchObject({ status: 200, data: { signedIn: false } });
    expect(reply.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^__Host-Http-ticketgate=;.*Max-Age=0/),
    ]);
  });

  it("does not keep a person from signing in", async () => {
    browser.cookies.set(SESSION, "hello");
    expect((await browser.signIn()).data).toMatchObject({ action: "OK" });
    expect(await isSignedIn()).toBe(true);
  });
});

/** The access tokens that the engine issues from now on. */
function issuedTokens(): string[] {
  const tokens: string[] = [];
  gate.intercept(async ({ operation }, send) => {
    const answer = await send();
    if (operation === "auth/token/issue")
      tokens.push(String((answer as { accessToken?: string }).accessToken));
    return answer;
  });
  return tokens;
}

describe("signing in", () => {
  it("never keeps an id that was there before", async () => {
    const planted = freshValue();
    browser.cookies.set(SESSION, planted);
    await browser.signIn();
    expect(browser.cookies.get(SESSION)).not.toBe(planted);
    browser.cookies.set(SESSION, planted);
    expect(await isSignedIn()).toBe(false);
  });

  it("again ends the session before, and its tokens", async () => {
    await browser.signIn();
    const first = browser.cookies.get(SESSION) ?? "";
    const old = await tokensOf(gate, first);
    expect(await isActive(gate, old.access)).toBe(true);
    await browser.signIn();
    const second = browser.cookies.get(SESSION);
    expect(second).not.toBe(first);
    expect(await isSignedIn()).toBe(true);
    expect(await isActive(gate, old.access)).toBe(false);
    expect(await isActive(gate, (await tokensOf(gate, second)).access)).toBe(true);
    browser.cookies.set(SESSION, first);
    expect(await isSignedIn()).toBe(false);
  });

  it("that does not succeed leaves the session before as it is", async () => {
    await browser.signIn();
    const before = browser.cookies.get(SESSION);
    failEngine(gate, "auth/token/issue", "cannot be reached");
    expect((await browser.signIn()).error?.code).toBe("ENGINE_UNAVAILABLE");
    repairEngine(gate);
    expect(browser.cookies.get(SESSION)).toBe(before);
    expect(await isSignedIn()).toBe(true);
  });

  it("whose session cannot be stored leaves no token that is good", async () => {
    const tokens = issuedTokens();
    const insert = () => Promise.reject(new Error("the disk is full"));
    Object.assign(gate.services, { sessions: { ...gate.services.sessions, insert } });
    const { error, text } = await browser.signIn();
    expect(error?.code).toBe("INTERNAL_ERROR");
    expect(text).not.toContain("disk");
    expect(tokens).toHaveLength(1);
    expect(await isActive(gate, tokens[0] ?? "")).toBe(false);
    expect(browser.cookies.has(SESSION)).toBe(false);
  });

  it.each([
    ["once", 1],
    ["for good", Number.POSITIVE_INFINITY],
  ])(
    "again, when the session before cannot be ended (%s), leaves no session or token of its own",
    async (_, times) => {
      await browser.signIn();
      const before = browser.cookies.get(SESSION);
      const { sessions } = gate.services;
      const inserted: string[] = [];
      let failures = 0;
      Object.assign(gate.services, {
        sessions: {
          ...sessions,
          insert: async (session: Session) => {
            inserted.push(session.idHash);
            await sessions.insert(session);
          },
          remove: async (idHash: string) => {
            failures += 1;
            if (failures <= times) throw new Error("the disk is full");
            return sessions.remove(idHash);
          },
        },
      });
      const tokens = issuedTokens();
      const { error, text } = await browser.signIn();
      expect(error?.code).toBe("INTERNAL_ERROR");
      expect(text).not.toContain("disk");
      expect(tokens).toHaveLength(1);
      expect(await isActive(gate, tokens[0] ?? "")).toBe(false);
      expect(inserted).toHaveLength(1);
      if (times === 1) expect(await sessions.find(inserted[0] ?? "")).toBeUndefined();
      expect(browser.cookies.get(SESSION)).toBe(before);
      expect(await isSignedIn()).toBe(true);
    },
  );

  it("does not touch the session of another browser of the same person", async () => {
    const other = gate.browser();
    await other.signIn();
    await browser.signIn();
    expect((await other.current()).data?.signedIn).toBe(true);
  });
});
