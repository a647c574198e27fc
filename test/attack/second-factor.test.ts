import { demo, type Reply } from "../support/gate.ts";
import {
  type FactorAuthorizationGate,
  type FactorGate,
  openFactorAuthorizationGate,
  openFactorGate,
  openForgetfulGate,
  openForwardableGate,
  openPatientGate,
  openTrustingAuthorizationGate,
  openTrustingGate,
} from "../support/naive/second-factor.ts";
import { attack, type Outcome } from "./attack.ts";
import { signedInAs } from "./people.ts";
import { askForToken, passwordGrant, subjectOfToken } from "./token-endpoint.ts";

/** In each of these the attacker knows the password. */
const credentials = { username: demo.username, password: demo.password };
type Visitor = ReturnType<FactorGate["browser"]>;
type Begun = { handle: string; subject?: string; next: string };

const begin = async (browser: Visitor) => (await browser.call<Begun>("login.password", credentials)).data;
const issues = (gate: FactorGate) => gate.callsOf("auth/token/issue").length;

/** Types the password and a code at a browser. */
async function signIn(gate: FactorGate, browser: Visitor, code: string): Promise<Reply> {
  const begun = await begin(browser);
  const entered = await browser.call("login.secondFactor", { handle: begun?.handle, code });
  if (entered.error) return entered;
  return browser.call("token.issue", { ticket: begun?.handle, subject: await gate.subject() });
}

async function outcome(gate: FactorGate, browser: Visitor, reply: Reply, before = 0): Promise<Outcome> {
  const gained = await signedInAs(browser);
  return {
    succeeded: gained === (await gate.subject()),
    gained,
    refusal: { code: reply.error?.code, issues: issues(gate) - before },
  };
}

async function honest(gate: FactorGate): Promise<boolean> {
  const browser = gate.browser();
  await signIn(gate, browser, gate.app.code());
  return (await signedInAs(browser)) === (await gate.subject());
}

attack("skip the second step: have the ticket issued with what the password gave", {
  surface: "trpc",
  naive: openTrustingGate,
  ours: openFactorGate,
  refusal: { code: "TICKET_INVALID", issues: 0 },
  honest,
  async run(gate) {
    const browser = gate.browser();
    const begun = await begin(browser);
    const subject = await gate.subject();
    return outcome(gate, browser, await browser.call("token.issue", { ticket: begun?.handle, subject }));
  },
});

attack("learn from the password alone who it is, and call as them before the second step", {
  surface: "session",
  naive: openTrustingGate,
  ours: openFactorGate,
  refusal: { next: "second-factor", cookies: 1, signedIn: undefined },
  honest,
  async run(gate) {
    const browser = gate.browser();
    const begun = await begin(browser);
    const signedIn = await signedInAs(browser);
    const refusal = { next: begun?.next, cookies: browser.cookies.size, signedIn };
    return { succeeded: begun?.subject !== undefined, gained: begun, refusal };
  },
});

attack("read the victim's code off the screen, and use it once more after the victim did", {
  surface: "trpc",
  naive: openForgetfulGate,
  ours: openFactorGate,
  refusal: { code: "SECOND_FACTOR_INVALID", issues: 0 },
  honest,
  async run(gate) {
    const code = gate.app.code();
    await signIn(gate, gate.browser(), code);
    const before = issues(gate);
    const own = gate.browser();
    return outcome(gate, own, await signIn(gate, own, code), before);
  },
});

attack("use the code of the minute before, which the victim's newer one has overtaken", {
  surface: "trpc",
  naive: openForgetfulGate,
  ours: openFactorGate,
  refusal: { code: "SECOND_FACTOR_INVALID", issues: 0 },
  honest,
  async run(gate) {
    const earlier = gate.app.code();
    await signIn(gate, gate.browser(), gate.app.code());
    const before = issues(gate);
    const own = gate.browser();
    return outcome(gate, own, await signIn(gate, own, earlier), before);
  },
});

attack("find the victim's list of recovery codes, and use one that is crossed out", {
  surface: "trpc",
  naive: openForgetfulGate,
  ours: openFactorGate,
  refusal: { code: "SECOND_FACTOR_INVALID", issues: 0 },
  honest,
  async run(gate) {
    const [code = ""] = gate.app.recoveryCodes;
    await signIn(gate, gate.browser(), code);
    const before = issues(gate);
    const own = gate.browser();
    return outcome(gate, own, await signIn(gate, own, code), before);
  },
});

attack("see the address of the victim's second step, and finish it in another browser", {
  surface: "trpc",
  naive: openForwardableGate,
  ours: openFactorGate,
  refusal: { code: "TICKET_INVALID", issues: 0 },
  honest,
  async run(gate) {
    const begun = await begin(gate.browser());
    const own = gate.browser();
    const code = gate.app.code();
    const entered = await own.call("login.secondFactor", { handle: begun?.handle, code });
    const subject = await gate.subject();
    const issued = await own.call("token.issue", { ticket: begun?.handle, subject });
    return outcome(gate, own, entered.error ? entered : issued);
  },
});

attack("guess the code, with the password typed anew before each guess", {
  surface: "trpc",
  naive: openPatientGate,
  ours: openFactorGate,
  refusal: { code: "TOO_MANY_REQUESTS", issues: 0 },
  honest,
  async run(gate) {
    const browser = gate.browser();
    for (let guess = 0; guess < 10; guess++) await signIn(gate, browser, gate.app.wrong());
    return outcome(gate, browser, await signIn(gate, browser, gate.app.code()));
  },
});

attack("go around the second step by the password grant", {
  surface: "oauth",
  naive: openTrustingGate,
  ours: openFactorGate,
  refusal: { error: "invalid_grant", issues: 0 },
  honest,
  async run(gate) {
    const { access_token: token, error } = await askForToken(gate, passwordGrant(credentials));
    const succeeded = token !== undefined && (await subjectOfToken(gate, token)) === (await gate.subject());
    return { succeeded, gained: token, refusal: { error, issues: issues(gate) } };
  },
});

type Person = { handle: string; subject?: string };

/** The password of the person, and whatever the visitor goes on with; then the page for consent is sent as if it had been shown. */
async function agreeWithout(gate: FactorAuthorizationGate, code?: string): Promise<Outcome> {
  const visitor = gate.visitor();
  const request = await visitor.begin(gate.request());
  const subject = await gate.subject();
  const { data } = await visitor.call<Person>("login.password", credentials);
  if (code) await visitor.call("login.secondFactor", { handle: data?.handle, code });
  const reply = await visitor.call("token.issue", { ticket: data?.handle, subject });
  const { target } = await visitor.decide(request, "allow", subject);
  const gained = target?.searchParams.get("code") ?? undefined;
  const issued = gate.callsOf("auth/authorization/issue").length;
  return { succeeded: gained !== undefined, gained, refusal: { code: reply.error?.code, issued } };
}

attack("agree to an application's request with the password alone", {
  surface: "interaction",
  naive: openTrustingAuthorizationGate,
  ours: openFactorAuthorizationGate,
  refusal: { code: "TICKET_INVALID", issued: 0 },
  honest: async (gate) => (await agreeWithout(gate, gate.app.code())).succeeded,
  run: (gate) => agreeWithout(gate),
});
