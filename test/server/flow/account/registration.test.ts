import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  confirmRegistration,
  readRegistration,
  requestRegistration,
} from "../../../../src/server/flow/account/registration.ts";
import { type Gate, ORIGIN, openGate } from "../../../support/gate.ts";
import { alice, mailedToken, mailsOf, NEW_PASSWORD, registration } from "./people.ts";

let gate: Gate;
beforeEach(async () => {
  gate = await openGate();
});
afterEach(() => gate.close());

const accounts = () => gate.services.store.accounts;
const request = (changes = {}) => requestRegistration(gate.services, registration(changes));
const confirm = (token: string, password = NEW_PASSWORD) =>
  confirmRegistration(gate.services, { token, password });

describe("a registration", () => {
  it("makes an account of whoever got the mail and knows the password, and not before", async () => {
    expect(await request()).toEqual([]);
    expect(await accounts().findByUsername("bob")).toBeUndefined();
    const token = await mailedToken(gate);
    expect((await mailsOf(gate))[0]).toMatchObject({ to: "bob@example.com" });
    expect((await mailsOf(gate))[0]?.text).toContain(`${ORIGIN}/register/${token}`);
    expect(await readRegistration(gate.services, token)).toEqual({ username: "bob" });
    expect(await confirm(token)).toEqual({ outcome: "created", username: "bob", next: "/account" });
    const account = await accounts().findByUsername("bob");
    expect(account).toMatchObject({ name: "Bob Example", email: "bob@example.com", emailVerified: true });
    expect(account?.subject).toMatch(/^usr_[\w-]{22}$/);
    expect((await gate.browser().signIn("bob", NEW_PASSWORD)).status).toBe(200);
  });

  it("works once, also of 64 confirmations at once", async () => {
    await request();
    const token = await mailedToken(gate);
    const all = await Promise.all(Array.from({ length: 64 }, () => confirm(token)));
    expect(all.filter(({ outcome }) => outcome === "created")).toHaveLength(1);
    expect(all.filter(({ outcome }) => outcome === "expired")).toHaveLength(63);
    expect(await readRegistration(gate.services, token)).toBeUndefined();
    expect(await confirm(token)).toEqual({ outcome: "expired" });
  });

  it("is not finished by somebody who got the mail and did not choose the password", async () => {
    await request();
    const token = await mailedToken(gate);
    expect(await confirm(token, "another password")).toEqual({ outcome: "wrong_password" });
    expect(await accounts().findByUsername("bob")).toBeUndefined();
    expect((await confirm(token)).outcome).toBe("created");
  });

  it("is over when its time is", async () => {
    await request();
    const token = await mailedToken(gate);
    gate.clock.advance(gate.services.config.mail.linkMs);
    expect(await readRegistration(gate.services, token)).toBeUndefined();
    expect(await confirm(token)).toEqual({ outcome: "expired" });
    gate.clock.advance(-1);
    expect((await confirm(token)).outcome).toBe("created");
  });

  it("of two for one user name or one address is good for who confirms first", async () => {
    await request();
    const first = await mailedToken(gate);
    await request({ email: "bob@example.org" });
    const second = await mailedToken(gate, 2);
    await request({ username: "bobby" });
    const third = await mailedToken(gate, 3);
    expect((await confirm(first)).outcome).toBe("created");
    expect((await confirm(second)).outcome).toBe("taken");
    expect((await confirm(third)).outcome).toBe("taken");
    expect(await accounts().findByEmail("bob@example.org")).toBeUndefined();
    expect(await accounts().findByUsername("bobby")).toBeUndefined();
  });

  it.each([
    ["username", "invalid", { username: " " }],
    ["username", "invalid", { username: "x".repeat(101) }],
    ["username", "invalid", { username: "bob\u202e" }],
    ["username", "mixed_scripts", { username: "b\u043eb" }],
    ["username", "taken", { username: "ALICE" }],
    ["username", "address", { username: "bob@example.com" }],
    ["username", "address", { username: "bob＠example.com" }],
    ["name", "invalid", { name: "" }],
    ["email", "invalid", { email: "bob" }],
    ["email", "invalid", { email: "bob@example.com\r\nBcc: eve@example.com" }],
    ["password", "too_short", { password: "short" }],
    ["password", "common", { password: "passwordpassword" }],
    ["password", "guessable", { password: "bob@example.com!" }],
    ["password", "guessable", { password: "ticketgate123456" }],
  ])("names the %s that is wrong: %s", async (field, fault, changes) => {
    expect(await request(changes)).toMatchObject([{ field, fault }]);
    expect(gate.services.mailbox?.mails()).toEqual([]);
    expect(await request()).toEqual([]);
  });

  it("names every field that is wrong at once", async () => {
    const faults = await request({ username: "", name: "", email: "", password: "" });
    expect(faults.map(({ field }) => field)).toEqual(["username", "name", "email", "password"]);
  });

  it("gets no subject that is the identifier of a client (RFC 9700 4.15)", async () => {
    await request();
    const token = await mailedToken(gate);
    gate.intercept(async ({ operation }, send) => (operation === "client/get" ? { clientId: 7 } : send()));
    await expect(confirm(token)).rejects.toMatchObject({ code: "BAD_REQUEST" });
    expect(await accounts().findByUsername("bob")).toBeUndefined();
    gate.intercept((_, send) => send());
    expect((await confirm(token)).outcome).toBe("created");
  });
});

describe("an address that has an account (threat T24)", () => {
  it("gets the same answer and the same work, and another mail", async () => {
    const hash = vi.spyOn(gate.services.selfService?.passwords ?? { hash: async () => "" }, "hash");
    const insert = vi.spyOn(gate.services.store.accountTokens, "insert");
    expect(await request()).toEqual(await request({ email: "DEMO@example.com", username: "bob2" }));
    expect(hash).toHaveBeenCalledTimes(2);
    expect(insert).toHaveBeenCalledTimes(2);
    const [second, first] = await mailsOf(gate, 2);
    expect(first?.text).toContain("/register/");
    expect(second).toMatchObject({ to: alice.email });
    expect(second?.text).not.toMatch(/register|bob2|Bob Example/);
    expect(second?.text).toContain(`${ORIGIN}/reset`);
  });
});

describe("where registration is off", () => {
  it.each([
    ["by its setting", { TICKETGATE_ACCOUNT_REGISTRATION: "off" }],
    ["without mail in production", { NODE_ENV: "production" }],
  ])("%s nothing registers", async (_, env) => {
    const off = await openGate({ env });
    const refusal = { code: "NOT_FOUND" };
    await expect(requestRegistration(off.services, registration())).rejects.toMatchObject(refusal);
    await expect(readRegistration(off.services, "x".repeat(43))).rejects.toMatchObject(refusal);
    const confirmation = { token: "x".repeat(43), password: NEW_PASSWORD };
    await expect(confirmRegistration(off.services, confirmation)).rejects.toMatchObject(refusal);
    await off.close();
  });
});

describe("tries to register", () => {
  it("are counted by address, whether it has an account or not, and by confirmation", async () => {
    const attempts = { consume: vi.fn(async () => 0), clear: async () => {} };
    const counted = await openGate({ overrides: { attempts } });
    for (const email of ["bob@example.com", "Demo@example.com"]) {
      await requestRegistration(counted.services, registration({ email, address: "192.0.2.1" }));
    }
    expect(attempts.consume.mock.calls).toEqual([
      [{ username: "registration of bob", address: "192.0.2.1" }],
      [{ username: "bob@example.com", address: "192.0.2.1" }],
      [{ username: "registration of bob", address: "192.0.2.1" }],
      [{ username: "demo@example.com", address: "192.0.2.1" }],
    ]);
    attempts.consume.mockResolvedValue(30);
    const refusal = { code: "TOO_MANY_REQUESTS" };
    await expect(requestRegistration(counted.services, registration())).rejects.toMatchObject(refusal);
    const mails = await mailsOf(counted, 2);
    const token = /register\/([\w-]{43})/.exec(mails.at(-1)?.text ?? "")?.[1] ?? "";
    await expect(
      confirmRegistration(counted.services, { token, password: NEW_PASSWORD }),
    ).rejects.toMatchObject(refusal);
    await counted.close();
  });
});
