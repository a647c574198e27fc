import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  beginEnrolment,
  confirmEnrolment,
  endOtherSessions,
  hasSecondFactor,
  leaveSetup,
  ownSecondFactor,
  renewRecoveryCodes,
  type SessionOwner,
  turnOffSecondFactor,
} from "../../../../src/server/flow/second-factor/own-second-factor.ts";
import { hashOf } from "../../../../src/server/secret/hash.ts";
import { cookieRules } from "../../../../src/server/session/cookie.ts";
import { type Authenticator, codeAt, enrolled, wrongCode } from "../../../support/authenticator.ts";
import { type Browser, demo, type Gate, ORIGIN, openGate } from "../../../support/gate.ts";
import { mailsOf } from "../account/people.ts";

let gate: Gate;
let browser: Browser;
let here: SessionOwner;
beforeEach(async () => {
  gate = await openGate();
  [browser, here] = await signedIn();
});
afterEach(() => gate.close());

const { session } = cookieRules(ORIGIN);
const { password } = demo;

async function signedIn(): Promise<[Browser, SessionOwner]> {
  const visitor = gate.browser();
  await visitor.signIn();
  const sessionHash = hashOf(visitor.cookies.get(session) ?? "");
  return [visitor, { subject: await gate.subject(), sessionHash }];
}

const shown = (owner = here) => ownSecondFactor(gate.services, { ...owner, username: demo.username });
const form = (changes: Partial<SessionOwner> = {}) => ({ ...here, language: "en" as const, ...changes });
const begin = (typed = password) => beginEnrolment(gate.services, { ...form(), password: typed });
const confirm = (code: string, owner = here) => confirmEnrolment(gate.services, { ...form(owner), code });

async function key(): Promise<string> {
  const setup = await shown();
  if (setup.show !== "secret") throw new Error(`shown: ${setup.show}`);
  return setup.groups.join("");
}

describe("setting up an authenticator app", () => {
  it("takes the password, then a code, and gives recovery codes that are shown until they are kept", async () => {
    expect(await shown()).toEqual({ show: "nothing" });
    expect(await begin()).toBe("done");
    expect(await hasSecondFactor(gate.services, here.subject)).toBe(false);
    const setup = await shown();
    expect(setup).toMatchObject({ show: "secret", uri: expect.stringContaining(`secret=${await key()}`) });
    expect(await confirm(codeAt(await key(), gate.clock()))).toBe("done");
    expect(await hasSecondFactor(gate.services, here.subject)).toBe(true);
    expect(await shown()).toMatchObject({ show: "codes", codes: { length: 10 } });
    await leaveSetup(gate.services, here);
    expect(await shown()).toEqual({
      show: "active",
      enrolledAt: new Date(gate.clock()),
      recoveryCodes: 10,
    });
    expect((await mailsOf(gate))[0]).toMatchObject({ subject: "Two-step sign-in for Ticketgate is on" });
    expect((await gate.browser().login()).data?.next).toBe("second-factor");
  });

  it("does not begin without the password", async () => {
    expect(await begin("not the right one")).toBe("password");
    expect(await shown()).toEqual({ show: "nothing" });
    expect(await begin()).toBe("done");
  });

  it("is not done by a wrong code: the same key is shown, and nothing is asked of anybody yet", async () => {
    await begin();
    const first = await key();
    for (const code of [wrongCode(first, gate.clock()), "", "AAAAA-AAAAA-AAAAA-AAAAA-AAAAA"])
      expect(await confirm(code)).toBe("code");
    expect(await key()).toBe(first);
    expect((await gate.browser().login()).data?.next).toBe("issue");
    expect(await confirm(codeAt(first, gate.clock()))).toBe("done");
  });

  it("is seen, and can be gone on with, in the session that began it only", async () => {
    await begin();
    const [, there] = await signedIn();
    expect(await shown(there)).toEqual({ show: "nothing" });
    const code = codeAt(await key(), gate.clock());
    expect(await confirm(code, there)).toBe("over");
    expect(await hasSecondFactor(gate.services, here.subject)).toBe(false);
    expect(await confirm(code)).toBe("done");
  });

  it("is over after a while, when it is left, and when another session was faster", async () => {
    await begin();
    const first = await key();
    gate.clock.advance(600_000);
    expect(await confirm(codeAt(first, gate.clock()))).toBe("over");
    await begin();
    const second = await key();
    await leaveSetup(gate.services, here);
    expect(await confirm(codeAt(second, gate.clock()))).toBe("over");
    await begin();
    const third = await key();
    await enrolled(gate);
    expect(await confirm(codeAt(third, gate.clock()))).toBe("over");
    expect((await shown()).show).toBe("active");
    expect(await begin()).toBe("over");
  });

  it("is none of somebody who has no account", async () => {
    const nobody = form({ subject: "usr_nobody" });
    await expect(beginEnrolment(gate.services, { ...nobody, password })).rejects.toMatchObject({
      code: "UNAUTHORIZED",
    });
  });
});

describe("somebody who has a second factor", () => {
  let app: Authenticator;
  beforeEach(async () => {
    app = await enrolled(gate);
  });
  const renew = (proof: { password: string; code: string }) =>
    renewRecoveryCodes(gate.services, { ...form(), ...proof });
  const turnOff = (proof: { password: string; code: string }) =>
    turnOffSecondFactor(gate.services, { ...form(), ...proof });
  const left = () => gate.services.store.factors.countRecoveryCodes(here.subject);

  it("turns it off with password and code, and hears of it", async () => {
    expect(await turnOff({ password: "not the right one", code: app.code() })).toBe("password");
    expect(await turnOff({ password, code: app.wrong() })).toBe("code");
    expect(await hasSecondFactor(gate.services, here.subject)).toBe(true);
    expect(await turnOff({ password, code: app.code() })).toBe("done");
    expect(await shown()).toEqual({ show: "nothing" });
    expect(await left()).toBe(0);
    expect((await mailsOf(gate))[0]).toMatchObject({ subject: "Two-step sign-in for Ticketgate is off" });
    expect((await gate.browser().signIn()).status).toBe(200);
  });

  it("a wrong password spends no code", async () => {
    const code = app.code();
    expect(await turnOff({ password: "not the right one", code })).toBe("password");
    expect(await turnOff({ password, code })).toBe("done");
  });

  it("turns it off with a recovery code too", async () => {
    expect(await turnOff({ password, code: app.recoveryCodes[3] ?? "" })).toBe("done");
    expect(await turnOff({ password, code: app.recoveryCodes[4] ?? "" })).toBe("over");
  });

  it("turning it off ends sign-ins that are under way with it", async () => {
    const visitor = gate.browser();
    const handle = (await visitor.login()).data?.handle;
    const entered = await visitor.call("login.secondFactor", { handle, code: app.code() });
    expect(entered.status).toBe(200);
    gate.clock.advance(1);
    expect(await turnOff({ password, code: app.code() })).toBe("done");
    const reply = await visitor.call("token.issue", { ticket: handle, subject: here.subject });
    expect(reply.error?.code).toBe("TICKET_INVALID");
    expect(visitor.cookies.has(session)).toBe(false);
    gate.clock.advance(1);
    expect((await visitor.signIn()).status).toBe(200);
  });

  it("gets new recovery codes in the place of the old ones", async () => {
    expect(await renew({ password, code: app.wrong() })).toBe("code");
    expect(await left()).toBe(10);
    expect(await renew({ password, code: app.recoveryCodes[0] ?? "" })).toBe("done");
    const codes = await shown();
    if (codes.show !== "codes") throw new Error(`shown: ${codes.show}`);
    expect(codes.codes).not.toContain(app.recoveryCodes[1]);
    expect(await left()).toBe(10);
    const visitor = gate.browser();
    const handle = (await visitor.login()).data?.handle;
    const enter = (code: string | undefined) => visitor.call("login.secondFactor", { handle, code });
    expect((await enter(app.recoveryCodes[1])).error?.code).toBe("SECOND_FACTOR_INVALID");
    expect((await enter(codes.codes[1])).status).toBe(200);
  });

  it("ends the other sessions, and keeps this one", async () => {
    // Signed in before there was a second factor.
    const { factors } = gate.services.store;
    await factors.remove(here.subject);
    const [elsewhere] = await signedIn();
    app = await enrolled(gate);
    expect(await endOtherSessions(gate.services, here)).toBe(1);
    expect((await elsewhere.current()).data?.signedIn).toBe(false);
    expect((await browser.current()).data?.signedIn).toBe(true);
    expect(gate.callsOf("auth/revocation")).toHaveLength(1);
  });
});
