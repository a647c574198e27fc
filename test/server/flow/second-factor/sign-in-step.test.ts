import { afterEach, describe, expect, it } from "vitest";
import { createAttemptLimit } from "../../../../src/server/account/attempt-limit.ts";
import { requestPasswordReset, resetPassword } from "../../../../src/server/flow/account/password-reset.ts";
import {
  enrolAtSignIn,
  keepCodesAtSignIn,
  readSignInStep,
} from "../../../../src/server/flow/second-factor/sign-in-step.ts";
import { hashOf } from "../../../../src/server/secret/hash.ts";
import { cookieRules } from "../../../../src/server/session/cookie.ts";
import { type Authenticator, codeAt, enrolled, wrongCode } from "../../../support/authenticator.ts";
import { type Browser, demo, type Gate, ORIGIN, openGate } from "../../../support/gate.ts";
import { mailedToken, mailsOf, NEW_PASSWORD } from "../account/people.ts";

let gate: Gate;
let app: Authenticator;
afterEach(() => gate.close());

const open = async (options: Parameters<typeof openGate>[0] = {}) => {
  gate = await openGate(options);
  app = await enrolled(gate);
};

const { session, transaction } = cookieRules(ORIGIN);
const issues = () => gate.callsOf("auth/token/issue").length;
const sessionOf = async ({ cookies }: Browser) =>
  gate.services.sessions.find(hashOf(cookies.get(session) ?? ""));
const claimOf = ({ cookies }: Browser, handle: string) => ({
  handle,
  binding: cookies.get(transaction(hashOf(handle))),
});
const enter = (browser: Browser, handle: string, code: string) =>
  browser.call<{ handle: string; subject: string; next: "issue" }>("login.secondFactor", { handle, code });
const begin = async (browser: Browser) => (await browser.login()).data?.handle ?? "";

/** The whole sign-in, by whatever code. */
async function signIn(browser: Browser, code: string) {
  const handle = await begin(browser);
  const { data, error } = await enter(browser, handle, code);
  if (!data) return error?.code;
  return (await browser.call("token.issue", { ticket: handle, subject: data.subject })).status;
}

/** That nothing came of a sign-in: no token and no session, also for whoever goes on as if. */
async function expectNothing(browser: Browser, handle: string): Promise<void> {
  const reply = await browser.call("token.issue", { ticket: handle, subject: await gate.subject() });
  expect(reply.error?.code).toBe("TICKET_INVALID");
  expect(issues()).toBe(0);
  expect(browser.cookies.has(session)).toBe(false);
}

describe("the password of somebody with a second factor", () => {
  it("gives a handle and says what is next, not who it is; it is no session and cannot be issued", async () => {
    await open();
    const browser = gate.browser();
    const { data } = await browser.login();
    expect(data).toEqual({ handle: expect.any(String), next: "second-factor" });
    await expectNothing(browser, data?.handle ?? "");
  });

  it("when it is wrong says what it says of anybody's", async () => {
    await open();
    const wrong = await gate.browser().login(demo.username, "not the right one");
    expect(wrong.text).toBe((await gate.browser().login("nobody", "not the right one")).text);
    expect(wrong.error?.code).toBe("CREDENTIALS_INVALID");
    expect(await signIn(gate.browser(), app.code())).toBe(200);
  });
});

describe("a code", () => {
  it("of the app ends the sign-in in a session that knows how it was done", async () => {
    await open();
    const browser = gate.browser();
    const handle = await begin(browser);
    expect((await enter(browser, handle, app.code())).data).toEqual({
      handle,
      subject: await gate.subject(),
      next: "issue",
    });
    await browser.call("token.issue", { ticket: handle, subject: await gate.subject() });
    expect((await sessionOf(browser))?.methods).toEqual(["pwd", "otp", "mfa"]);
    expect(gate.lines.join()).toContain("audit.second_factor_verified");
  });

  it("is refused when it is wrong, and then the right one is not", async () => {
    await open();
    const browser = gate.browser();
    const handle = await begin(browser);
    for (const code of [app.wrong(), "12345", "AAAAA-AAAAA-AAAAA-AAAAA-AAAAA", "x".repeat(100)]) {
      const refused = await enter(browser, handle, code);
      expect(refused).toMatchObject({ status: 401, error: { code: "SECOND_FACTOR_INVALID" } });
    }
    await expectNothing(browser, handle);
    const again = await begin(browser);
    expect((await enter(browser, again, app.code())).status).toBe(200);
  });

  it("works once: not in another sign-in, nor does an earlier one", async () => {
    await open();
    const earlier = app.code();
    const code = app.code();
    expect(await signIn(gate.browser(), code)).toBe(200);
    for (const spent of [code, earlier])
      expect(await signIn(gate.browser(), spent)).toBe("SECOND_FACTOR_INVALID");
    expect(issues()).toBe(1);
    expect(await signIn(gate.browser(), app.code())).toBe(200);
  });

  it("that enrolled the app does not sign in", async () => {
    gate = await openGate();
    app = await enrolled(gate);
    gate.clock.advance(-30_000);
    expect(await signIn(gate.browser(), codeAt(app.key, gate.clock()))).toBe("SECOND_FACTOR_INVALID");
    expect(issues()).toBe(0);
    expect(await signIn(gate.browser(), app.code())).toBe(200);
  });

  it("gives one of 16 sign-ins that bring it at once", async () => {
    await open();
    const begun = await Promise.all(
      Array.from({ length: 16 }, async () => {
        const browser = gate.browser();
        return { browser, handle: await begin(browser) };
      }),
    );
    const code = app.code();
    const replies = await Promise.all(begun.map(({ browser, handle }) => enter(browser, handle, code)));
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(new Set(replies.map(({ error }) => error?.code))).toEqual(
      new Set([undefined, "SECOND_FACTOR_INVALID"]),
    );
  });

  it("is for the browser that typed the password only, and for a time", async () => {
    await open();
    const victim = gate.browser();
    const handle = await begin(victim);
    const code = app.code();
    expect((await enter(gate.browser(), handle, code)).error?.code).toBe("TICKET_INVALID");
    expect((await enter(victim, "x".repeat(43), code)).error?.code).toBe("TICKET_INVALID");
    gate.clock.advance(600_000);
    expect((await enter(victim, handle, app.code())).error?.code).toBe("TICKET_INVALID");
    await expectNothing(victim, handle);
    expect(await signIn(victim, app.code())).toBe(200);
  });

  it("is not taken twice for one sign-in, nor where none is outstanding", async () => {
    await open();
    const browser = gate.browser();
    const handle = await begin(browser);
    await enter(browser, handle, app.code());
    const code = app.code();
    expect((await enter(browser, handle, code)).error?.code).toBe("TICKET_INVALID");
    expect(await signIn(browser, code)).toBe(200);
  });
});

describe("a recovery code", () => {
  it("signs in once, and the owner hears of it", async () => {
    await open();
    const [code = "", other = ""] = app.recoveryCodes;
    const browser = gate.browser();
    expect(await signIn(browser, ` ${code.toLowerCase().replaceAll("-", " ")}`)).toBe(200);
    expect((await sessionOf(browser))?.methods).toEqual(["pwd", "mfa"]);
    expect((await mailsOf(gate))[0]).toMatchObject({ subject: "A Ticketgate recovery code was used" });
    expect(await signIn(gate.browser(), code)).toBe("SECOND_FACTOR_INVALID");
    expect(issues()).toBe(1);
    expect(await signIn(gate.browser(), other)).toBe(200);
  });
});

describe("tries of codes", () => {
  it("are limited by person, over any number of sign-ins; a right code begins anew", async () => {
    gate = await openGate();
    app = await enrolled(gate);
    const { secondFactors } = gate.services;
    if (!secondFactors) throw new Error("no second factors");
    Object.assign(secondFactors, { codeAttempts: createAttemptLimit({ perUsername: 3, perAddress: 3 }) });
    const tryOnce = () => signIn(gate.browser(), app.wrong());
    expect([await tryOnce(), await tryOnce()]).toEqual(Array(2).fill("SECOND_FACTOR_INVALID"));
    expect(await signIn(gate.browser(), app.code())).toBe(200);
    expect([await tryOnce(), await tryOnce(), await tryOnce()]).toEqual(
      Array(3).fill("SECOND_FACTOR_INVALID"),
    );
    const code = app.code();
    expect(await signIn(gate.browser(), code)).toBe("TOO_MANY_REQUESTS");
    expect(issues()).toBe(1);
    await secondFactors.codeAttempts.clear(await gate.subject());
    expect(await signIn(gate.browser(), code)).toBe(200);
  });
});

describe("what changes while somebody signs in", () => {
  it("a second factor that was set up meanwhile is asked for: the password alone is refused", async () => {
    gate = await openGate();
    const browser = gate.browser();
    const begun = (await browser.login()).data;
    expect(begun?.next).toBe("issue");
    app = await enrolled(gate);
    const reply = await browser.call("token.issue", { ticket: begun?.handle, subject: begun?.subject });
    expect(reply.error?.code).toBe("TICKET_INVALID");
    expect(browser.cookies.has(session)).toBe(false);
    expect(gate.callsOf("auth/revocation")).toHaveLength(1);
    expect(await signIn(browser, app.code())).toBe(200);
  });

  it("a second factor that was taken away meanwhile can be used no more", async () => {
    await open();
    const browser = gate.browser();
    const handle = await begin(browser);
    await gate.services.store.factors.remove(await gate.subject());
    expect((await enter(browser, handle, app.code())).error?.code).toBe("TICKET_INVALID");
    expect(await readSignInStep(gate.services, claimOf(browser, handle))).toBeUndefined();
    await expectNothing(browser, handle);
    expect((await browser.signIn()).status).toBe(200);
  });

  it("a password that was reset does not take the second factor away", async () => {
    await open();
    await requestPasswordReset(gate.services, { email: "demo@example.com", language: "en" });
    const token = await mailedToken(gate);
    const reset = await resetPassword(gate.services, { token, password: NEW_PASSWORD, language: "en" });
    expect(reset.outcome).toBe("changed");
    const browser = gate.browser();
    const begun = await browser.login(demo.username, NEW_PASSWORD);
    expect(begun.data?.next).toBe("second-factor");
    await expectNothing(browser, begun.data?.handle ?? "");
    const again = await browser.login(demo.username, NEW_PASSWORD);
    expect((await enter(browser, again.data?.handle ?? "", app.code())).status).toBe(200);
  });
});

describe("where everybody has to have a second factor", () => {
  const required = { env: { TICKETGATE_SECOND_FACTOR: "required" } };
  const setupOf = async (browser: Browser, handle: string) => {
    const step = await readSignInStep(gate.services, claimOf(browser, handle));
    if (step?.show !== "secret") throw new Error(`shown: ${step?.show}`);
    return step.groups.join("");
  };
  const enrol = (browser: Browser, handle: string, code: string) =>
    enrolAtSignIn(gate.services, { ...claimOf(browser, handle), code, language: "en" });

  it("whoever has none sets one up in the sign-in, and is signed in once the recovery codes are kept", async () => {
    gate = await openGate(required);
    const browser = gate.browser();
    const handle = await begin(browser);
    const key = await setupOf(browser, handle);
    expect(await setupOf(browser, handle)).toBe(key);
    expect(await gate.services.store.factors.find(await gate.subject())).toBeUndefined();
    const wrong = enrol(browser, handle, wrongCode(key, gate.clock()));
    await expect(wrong).rejects.toMatchObject({ code: "SECOND_FACTOR_INVALID" });
    await expectNothing(browser, handle);
    const again = await begin(browser);
    const right = await setupOf(browser, again);
    await enrol(browser, again, codeAt(right, gate.clock()));
    const step = await readSignInStep(gate.services, claimOf(browser, again));
    expect(step).toMatchObject({ show: "codes", codes: { length: 10 } });
    const { subject } = await keepCodesAtSignIn(gate.services, claimOf(browser, again));
    expect(await readSignInStep(gate.services, claimOf(browser, again))).toBeUndefined();
    expect((await browser.call("token.issue", { ticket: again, subject })).status).toBe(200);
    expect((await sessionOf(browser))?.methods).toEqual(["pwd", "otp", "mfa"]);
    gate.clock.advance(60_000);
    const next = gate.browser();
    expect(await signIn(next, codeAt(right, gate.clock()))).toBe(200);
    expect(await signIn(gate.browser(), step?.show === "codes" ? (step.codes[0] ?? "") : "")).toBe(200);
  });

  it("another browser sees nothing of that", async () => {
    gate = await openGate(required);
    const browser = gate.browser();
    const handle = await begin(browser);
    const key = await setupOf(browser, handle);
    const mallory = gate.browser();
    expect(await readSignInStep(gate.services, claimOf(mallory, handle))).toBeUndefined();
    const code = codeAt(key, gate.clock());
    await expect(enrol(mallory, handle, code)).rejects.toMatchObject({ code: "TICKET_INVALID" });
    await expect(keepCodesAtSignIn(gate.services, claimOf(browser, handle))).rejects.toMatchObject({
      code: "TICKET_INVALID",
    });
    await enrol(browser, handle, code);
    await expect(keepCodesAtSignIn(gate.services, claimOf(mallory, handle))).rejects.toMatchObject({
      code: "TICKET_INVALID",
    });
  });

  it("of two sign-ins that set one up the second goes on with a code of the first one's app", async () => {
    gate = await openGate(required);
    const [first, second] = [gate.browser(), gate.browser()];
    const [handle, later] = [await begin(first), await begin(second)];
    const [key, other] = [await setupOf(first, handle), await setupOf(second, later)];
    await enrol(first, handle, codeAt(key, gate.clock()));

    await enrol(second, later, codeAt(other, gate.clock()));

    const step = await readSignInStep(gate.services, claimOf(second, later));
    expect(step).toEqual({ show: "code", username: demo.username });
    expect(issues()).toBe(0);
    gate.clock.advance(30_000);
    expect((await enter(second, later, codeAt(other, gate.clock()))).error?.code).toBe(
      "SECOND_FACTOR_INVALID",
    );
    expect((await enter(second, later, codeAt(key, gate.clock()))).status).toBe(200);
  });

  it("a code of the app that is to be set up is no code of a sign-in", async () => {
    gate = await openGate(required);
    const browser = gate.browser();
    const handle = await begin(browser);
    const code = codeAt(await setupOf(browser, handle), gate.clock());
    expect((await enter(browser, handle, code)).error?.code).toBe("TICKET_INVALID");
    await expectNothing(browser, handle);
  });
});

describe("a sign-in for something that wants more than a password", () => {
  it("is second-factor for whoever has none too, and without the wish it is not", async () => {
    gate = await openGate();
    const browser = gate.browser();
    const { data } = await browser.call<{ handle: string; next: string }>("login.password", {
      username: demo.username,
      password: demo.password,
      secondFactor: "required",
    });
    expect(data?.next).toBe("second-factor");
    const step = await readSignInStep(gate.services, claimOf(browser, data?.handle ?? ""));
    expect(step?.show).toBe("secret");
    await expectNothing(browser, data?.handle ?? "");
    expect((await browser.signIn()).status).toBe(200);
    expect((await sessionOf(browser))?.methods).toEqual(["pwd"]);
  });
});
