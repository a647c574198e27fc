import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sessionPorts } from "../../../src/server/flow/session-ports.ts";
import { cookieRules } from "../../../src/server/session/cookie.ts";
import { openTokens, readSession } from "../../../src/server/session/session.ts";
import { type Browser, freshValue, type Gate, ORIGIN, openGate } from "../../support/gate.ts";
import { engineFailureNames, failEngine, repairEngine } from "./actors.ts";

let gate: Gate;
let browser: Browser;
beforeEach(async () => {
  gate = await openGate();
  browser = gate.browser();
});
afterEach(() => gate.close());

const SESSION = cookieRules(ORIGIN).session;
const IDLE_MS = 1_800_000;
const ABSOLUTE_MS = 43_200_000;

const isSignedIn = async () => (await browser.current()).data?.signedIn;

async function tokensOf(sessionId: string | undefined) {
  const session = await readSession(sessionPorts(gate.services), sessionId);
  const tokens = session && openTokens(gate.services.keyring, session);
  if (!tokens?.refreshToken) throw new Error("no session");
  return { access: tokens.accessToken.reveal(), refresh: tokens.refreshToken.reveal() };
}

async function isActive(token: string): Promise<boolean> {
  return (await gate.server().token.introspect({ token })).action === "OK";
}

async function isRefreshable(refreshToken: string): Promise<boolean> {
  const { client } = gate.services.settings;
  const answer = await gate.services.authlete["auth/token"]({
    parameters: new URLSearchParams({ grant_type: "refresh_token", refresh_token: refreshToken }).toString(),
    clientId: client.id,
    clientSecret: client.secret,
  });
  return answer.action === "OK";
}

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
    const old = await tokensOf(first);
    expect(await isActive(old.access)).toBe(true);
    await browser.signIn();
    const second = browser.cookies.get(SESSION);
    expect(second).not.toBe(first);
    expect(await isSignedIn()).toBe(true);
    expect(await isActive(old.access)).toBe(false);
    expect(await isActive((await tokensOf(second)).access)).toBe(true);
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

  it("does not touch the session of another browser of the same person", async () => {
    const other = gate.browser();
    await other.signIn();
    await browser.signIn();
    expect((await other.current()).data?.signedIn).toBe(true);
  });
});

describe("signing out", () => {
  it("ends the session and both tokens at the engine", async () => {
    await browser.signIn();
    const id = browser.cookies.get(SESSION) ?? "";
    const { access, refresh } = await tokensOf(id);
    expect((await browser.signOut()).data).toEqual({ signedOut: true });
    expect(browser.cookies.has(SESSION)).toBe(false);
    browser.cookies.set(SESSION, id);
    expect(await isSignedIn()).toBe(false);
    expect(await isActive(access)).toBe(false);
    expect(await isRefreshable(refresh)).toBe(false);
    expect(gate.lines.some((line) => line.includes("audit.signed_out"))).toBe(true);
  });

  it.each(engineFailureNames)(
    "signs out even when the engine %s; that tokens live on is in the log",
    async (failure) => {
      await browser.signIn();
      const id = browser.cookies.get(SESSION) ?? "";
      failEngine(gate, "auth/revocation", failure);
      expect((await browser.signOut()).data).toEqual({ signedOut: true });
      browser.cookies.set(SESSION, id);
      expect(await isSignedIn()).toBe(false);
      expect(gate.lines.some((line) => line.includes("sign_out.tokens_not_revoked"))).toBe(true);
    },
  );

  it("revokes once, however many sign out at the same moment", async () => {
    await browser.signIn();
    const replies = await Promise.all(Array.from({ length: 32 }, () => browser.signOut()));
    expect(replies.every(({ status }) => status === 200)).toBe(true);
    expect(gate.callsOf("auth/revocation")).toHaveLength(1);
  });

  it("is fine when nobody is signed in, and asks the engine for nothing", async () => {
    expect((await browser.signOut()).data).toEqual({ signedOut: true });
    expect(gate.calls).toEqual([]);
  });
});
