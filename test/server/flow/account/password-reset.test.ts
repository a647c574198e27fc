import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  readPasswordReset,
  requestPasswordReset,
  resetPassword,
} from "../../../../src/server/flow/account/password-reset.ts";
import { hashOf } from "../../../../src/server/secret/hash.ts";
import { cookieRules } from "../../../../src/server/session/cookie.ts";
import { sessionClient } from "../../../contract/store/records.ts";
import { type Gate, ORIGIN, openGate } from "../../../support/gate.ts";
import { alice, mailedToken, mailsOf, NEW_PASSWORD } from "./people.ts";

let gate: Gate;
beforeEach(async () => {
  gate = await openGate();
});
afterEach(() => gate.close());

const request = (email = alice.email) => requestPasswordReset(gate.services, { email, language: "en" });
const reset = (token: string, password = NEW_PASSWORD) =>
  resetPassword(gate.services, { token, password, language: "en" });

describe("a password reset", () => {
  it("gives the account of the address a new password", async () => {
    expect(await request("DEMO@example.com")).toBe(true);
    const token = await mailedToken(gate);
    expect((await mailsOf(gate))[0]).toMatchObject({ to: alice.email });
    expect(await readPasswordReset(gate.services, token)).toEqual({ username: alice.username });
    expect(await reset(token)).toEqual({ outcome: "changed" });
    expect((await gate.browser().login(alice.username, alice.password)).status).toBe(401);
    gate.clock.advance(1);
    expect((await gate.browser().signIn(alice.username, NEW_PASSWORD)).status).toBe(200);
    expect((await mailsOf(gate, 2))[0]?.subject).toBe("Your Ticketgate password was changed");
    expect(gate.lines.some((line) => line.includes('"audit.password_changed"'))).toBe(true);
  });

  it("signs everybody out who was signed in, revokes their tokens, and leaves others alone", async () => {
    const [one, two] = [gate.browser(), gate.browser()];
    await one.signIn();
    await two.signIn();
    await request();
    expect((await one.current()).data?.signedIn).toBe(true);
    await reset(await mailedToken(gate));
    expect((await one.current()).data?.signedIn).toBe(false);
    expect((await two.current()).data?.signedIn).toBe(false);
    expect(gate.callsOf("auth/revocation")).toHaveLength(2);
  });

  it("tells the clients that know of a session that it is over", async () => {
    const browser = gate.browser();
    await browser.signIn();
    const cookie = browser.cookies.get(cookieRules(ORIGIN).session) ?? "";
    const known = sessionClient({ sessionHash: hashOf(cookie), expiresAt: gate.clock() + 60_000 });
    await gate.services.sessionClients.note(known);
    await request();
    expect(await gate.services.sessionClients.list(known.sessionHash)).toHaveLength(1);
    await reset(await mailedToken(gate));
    expect(await gate.services.sessionClients.list(known.sessionHash)).toEqual([]);
    expect(gate.callsOf("client/get").length).toBeGreaterThan(0);
  });

  it("refuses a sign-in that had the old password right, and was not finished (threat T32)", async () => {
    const browser = gate.browser();
    const begun = await browser.login();
    gate.clock.advance(1);
    await request();
    await reset(await mailedToken(gate));
    const issued = await browser.call("token.issue", {
      ticket: begun.data?.handle,
      subject: begun.data?.subject,
    });
    expect(issued.error?.code).toBe("TICKET_INVALID");
    expect((await browser.current()).data?.signedIn).toBe(false);
  });

  it("works once, also of 64 at once", async () => {
    await request();
    const token = await mailedToken(gate);
    const all = await Promise.all(
      Array.from({ length: 64 }, (_, index) => reset(token, `${NEW_PASSWORD} ${index}`)),
    );
    expect(all.filter(({ outcome }) => outcome === "changed")).toHaveLength(1);
    expect(await reset(token)).toEqual({ outcome: "expired" });
    expect(await readPasswordReset(gate.services, token)).toBeUndefined();
  });

  it("ends the other links that were mailed before it", async () => {
    await request();
    const first = await mailedToken(gate);
    await request();
    const second = await mailedToken(gate, 2);
    expect((await reset(second)).outcome).toBe("changed");
    expect(await reset(first, `${NEW_PASSWORD} again`)).toEqual({ outcome: "expired" });
  });

  it("remembers the application's request that it was asked for in, and nothing else", async () => {
    const ask = (handle: string) =>
      requestPasswordReset(gate.services, { email: alice.email, handle, language: "en" });
    const handle = "h".repeat(43);
    await ask(handle);
    expect(await reset(await mailedToken(gate))).toEqual({ outcome: "changed", handle });
    await ask("https://evil.example/");
    const changed = await reset(await mailedToken(gate, 3), `${NEW_PASSWORD} again`);
    expect(changed).toEqual({ outcome: "changed", handle: undefined });
  });

  it("is over when its time is, and not a millisecond before", async () => {
    await request();
    const token = await mailedToken(gate);
    gate.clock.advance(gate.services.config.mail.linkMs);
    expect(await reset(token)).toEqual({ outcome: "expired" });
    gate.clock.advance(-1);
    expect(await reset(token)).toEqual({ outcome: "changed" });
  });

  it.each([
    ["too_short", "short"],
    ["common", "passwordpassword"],
    ["guessable", "alice example 1"],
    ["guessable", "ticketgate123456"],
  ])("names the rule that a password breaks, and stays good: %s", async (fault, password) => {
    await request();
    const token = await mailedToken(gate);
    expect(await reset(token, password)).toEqual({ outcome: "refused", fault });
    expect(await reset(token)).toEqual({ outcome: "changed" });
  });

  it("verifies the address", async () => {
    const { accounts } = gate.services.store;
    const bob = { subject: "usr_bob", username: "bob", name: "Bob", passwordHash: "$argon2id$", claims: {} };
    const unverified = { email: "bob@example.com", emailVerified: false };
    await accounts.insert({ ...bob, ...unverified, updatedAt: 0, credentialsChangedAt: 0 });
    await request("bob@example.com");
    await reset(await mailedToken(gate));
    expect((await accounts.findBySubject("usr_bob"))?.emailVerified).toBe(true);
  });

  it.each(["", "x", "x".repeat(43), "../../account", `${"x".repeat(42)}%`])(
    "is not begun by %j",
    async (token) => {
      expect(await readPasswordReset(gate.services, token)).toBeUndefined();
      expect(await reset(token)).toEqual({ outcome: "expired" });
    },
  );
});

describe("an address without an account (threat T24)", () => {
  it("gets the same answer and the same work, and no mail", async () => {
    const find = vi.spyOn(gate.services.store.accounts, "findByEmail");
    const insert = vi.spyOn(gate.services.store.accountTokens, "insert");
    expect(await request("nobody@example.com")).toBe(await request());
    expect(find).toHaveBeenCalledTimes(2);
    expect(insert).toHaveBeenCalledTimes(2);
    const [mail, ...others] = await mailsOf(gate);
    expect([mail?.to, others]).toEqual([alice.email, []]);
  });

  it("is told only from a text that is no address", async () => {
    expect(await request("nobody@example.com\r\nBcc: eve@example.com")).toBe(false);
    expect(gate.services.mailbox?.mails()).toEqual([]);
  });

  it("is counted as one that has: by what was typed", async () => {
    const attempts = { consume: vi.fn(async () => 60), clear: async () => {} };
    const counted = await openGate({ overrides: { attempts } });
    for (const email of ["nobody@example.com", alice.email]) {
      await expect(requestPasswordReset(counted.services, { email, language: "en" })).rejects.toMatchObject({
        code: "TOO_MANY_REQUESTS",
      });
    }
    expect(counted.services.mailbox?.mails()).toEqual([]);
    await counted.close();
  });
});

describe("where no mail can be sent", () => {
  it("nothing is reset", async () => {
    const off = await openGate({ env: { NODE_ENV: "production" } });
    const asked = { email: alice.email, language: "en" as const };
    const refusal = { code: "NOT_FOUND" };
    await expect(requestPasswordReset(off.services, asked)).rejects.toMatchObject(refusal);
    await expect(readPasswordReset(off.services, "x".repeat(43))).rejects.toMatchObject(refusal);
    await off.close();
  });
});
