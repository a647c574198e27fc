import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Browser, type Gate, openGate } from "../../support/gate.ts";
import { engineFailureNames, failEngine } from "./actors.ts";
import { isActive, SESSION, tokensOf } from "./signed-in.ts";

let gate: Gate;
let browser: Browser;
beforeEach(async () => {
  gate = await openGate();
  browser = gate.browser();
});
afterEach(() => gate.close());

const isSignedIn = async () => (await browser.current()).data?.signedIn;

async function isRefreshable(refreshToken: string): Promise<boolean> {
  const { client } = gate.services.settings;
  const answer = await gate.services.authlete["auth/token"]({
    parameters: new URLSearchParams({ grant_type: "refresh_token", refresh_token: refreshToken }).toString(),
    clientId: client.id,
    clientSecret: client.secret,
  });
  return answer.action === "OK";
}

describe("signing out", () => {
  it("ends the session and both tokens at the engine", async () => {
    await browser.signIn();
    const id = browser.cookies.get(SESSION) ?? "";
    const { access, refresh } = await tokensOf(gate, id);
    expect((await browser.signOut()).data).toEqual({ signedOut: true });
    expect(browser.cookies.has(SESSION)).toBe(false);
    browser.cookies.set(SESSION, id);
    expect(await isSignedIn()).toBe(false);
    expect(await isActive(gate, access)).toBe(false);
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
