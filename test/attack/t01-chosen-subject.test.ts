import type { AttackedGate } from "../support/naive/gate.ts";
import { attack } from "./attack.ts";
import { gates, issues } from "./gates.ts";
import { pages } from "./pages.ts";
import { attackerOf, begin, signedInAs, victimOf } from "./people.ts";
import { askForToken, passwordGrant, subjectOfToken, tokenEndpoints } from "./token-endpoint.ts";

/** Whoever names themselves is signed in. */
async function signsIn(gate: AttackedGate): Promise<boolean> {
  const victim = await victimOf(gate);
  const browser = gate.browser();
  const { handle, subject } = await begin(browser, victim);
  await browser.call("token.issue", { ticket: handle, subject });
  return (await signedInAs(browser)) === victim.subject;
}

attack("after signing in as oneself, name somebody else in token.issue", {
  surface: "trpc",
  ...gates,
  refusal: { code: "SUBJECT_MISMATCH", issues: 0, ticketsFailed: 1, audited: true },
  async run(gate) {
    const [attacker, victim] = [await attackerOf(gate), await victimOf(gate)];
    const browser = gate.browser();
    const { handle } = await begin(browser, attacker);
    const { error } = await browser.call("token.issue", { ticket: handle, subject: victim.subject });
    const gained = await signedInAs(browser);
    return {
      succeeded: gained === victim.subject,
      gained,
      refusal: {
        code: error?.code,
        issues: issues(gate),
        ticketsFailed: gate.callsOf("auth/token/fail").length,
        audited: gate.lines.some((line) => line.includes("audit.subject_mismatch")),
      },
    };
  },
  honest: signsIn,
});

attack("name somebody else first, then oneself, to keep what the first call left behind", {
  surface: "trpc",
  ...gates,
  refusal: ["SUBJECT_MISMATCH", "TICKET_INVALID"],
  async run(gate) {
    const [attacker, victim] = [await attackerOf(gate), await victimOf(gate)];
    const browser = gate.browser();
    const { handle } = await begin(browser, attacker);
    const cookies = [...browser.cookies];
    const codes = [];
    for (const { subject } of [victim, attacker]) {
      for (const [name, value] of cookies) browser.cookies.set(name, value);
      codes.push((await browser.call("token.issue", { ticket: handle, subject })).error?.code);
    }
    const gained = await signedInAs(browser);
    return { succeeded: gained !== undefined, gained, refusal: codes };
  },
  async honest(gate) {
    const attacker = await attackerOf(gate);
    const browser = gate.browser();
    await browser.signIn(attacker.username, attacker.password);
    return (await signedInAs(browser)) === attacker.subject;
  },
});

attack("name somebody else in a member that stands in the request twice", {
  surface: "trpc",
  ...gates,
  refusal: { code: "SUBJECT_MISMATCH", issues: 0 },
  async run(gate) {
    const [attacker, victim] = [await attackerOf(gate), await victimOf(gate)];
    const browser = gate.browser();
    const { handle } = await begin(browser, attacker);
    const body = `{"json":{"subject":"${attacker.subject}","ticket":"${handle}","subject":"${victim.subject}"}}`;
    const { error } = await browser.call("token.issue", undefined, { body });
    const gained = await signedInAs(browser);
    return {
      succeeded: gained === victim.subject,
      gained,
      refusal: { code: error?.code, issues: issues(gate) },
    };
  },
  honest: signsIn,
});

attack("send many requests at the same moment, half of them in one's own name", {
  surface: "trpc",
  ...gates,
  async run(gate) {
    const [attacker, victim] = [await attackerOf(gate), await victimOf(gate)];
    const browser = gate.browser();
    const { handle } = await begin(browser, attacker);
    const subjects = Array.from({ length: 16 }, () => [victim.subject, attacker.subject]).flat();
    await Promise.all(subjects.map((subject) => browser.call("token.issue", { ticket: handle, subject })));
    const asked = gate.callsOf("auth/token/issue").map(({ request }) => request.subject);
    return { succeeded: asked.includes(victim.subject), gained: asked };
  },
  honest: signsIn,
});

attack("add a subject of one's choice to the login form", {
  surface: "action",
  ...pages,
  refusal: { code: "BAD_REQUEST", tickets: 0 },
  async run({ forms, ...gate }) {
    const [attacker, victim] = [await attackerOf(gate), await victimOf(gate)];
    const { username, password } = attacker;
    const browser = gate.browser();
    const members = { ...(await forms.open(browser, "login")), username, password };
    const code = await forms.send(browser, "login", { ...members, subject: victim.subject });
    const gained = await signedInAs(browser);
    const tickets = gate.callsOf("auth/token").length;
    return { succeeded: gained === victim.subject, gained, refusal: { code, tickets } };
  },
  async honest({ forms, ...gate }) {
    const { username, password, subject } = await victimOf(gate);
    const browser = gate.browser();
    const members = { ...(await forms.open(browser, "login")), username, password };
    await forms.send(browser, "login", members);
    return (await signedInAs(browser)) === subject;
  },
});

attack("add a subject of one's choice to the password grant", {
  surface: "oauth",
  ...tokenEndpoints,
  async run(target) {
    const [attacker, victim] = [await attackerOf(target), await victimOf(target)];
    const asked = { ...passwordGrant(attacker), subject: victim.subject };
    const { access_token } = await askForToken(target, asked);
    const gained = await subjectOfToken(target, access_token);
    return { succeeded: gained === victim.subject, gained };
  },
  async honest(target) {
    const victim = await victimOf(target);
    const { access_token } = await askForToken(target, passwordGrant(victim));
    return (await subjectOfToken(target, access_token)) === victim.subject;
  },
});
