import type { AttackedBrowser } from "../support/naive/gate.ts";
import { attack } from "./attack.ts";
import { gates, issues } from "./gates.ts";
import { attackerOf, begin, signedInAs, victimOf } from "./people.ts";

/** The cookies of a browser as they are now. */
const copyOf = ({ cookies }: AttackedBrowser) => new Map(cookies);

attack("let two people type their passwords in one browser, and finish the one as the other", {
  surface: "trpc",
  ...gates,
  refusal: { code: "SUBJECT_MISMATCH", issues: 0 },
  async run(gate) {
    const [attacker, victim] = [await attackerOf(gate), await victimOf(gate)];
    const browser = gate.browser();
    const own = await begin(browser, attacker);
    await begin(browser, victim);
    const input = { ticket: own.handle, subject: victim.subject };
    const { error } = await browser.call("token.issue", input);
    const gained = await signedInAs(browser);
    return {
      succeeded: gained === victim.subject,
      gained,
      refusal: { code: error?.code, issues: issues(gate) },
    };
  },
  async honest(gate) {
    const [other, person] = [await attackerOf(gate), await victimOf(gate)];
    const browser = gate.browser();
    const first = await begin(browser, other);
    const second = await begin(browser, person);
    await browser.call("token.issue", { ticket: first.handle, subject: first.subject });
    const switched = (await signedInAs(browser)) === other.subject;
    await browser.call("token.issue", { ticket: second.handle, subject: second.subject });
    return switched && (await signedInAs(browser)) === person.subject;
  },
});

attack("send the handle of somebody else with cookies of one's own, under their names", {
  surface: "trpc",
  ...gates,
  refusal: { code: "TICKET_INVALID", issues: 0 },
  async run(gate) {
    const [attacker, victim] = [await attackerOf(gate), await victimOf(gate)];
    const [theirs, own] = [gate.browser(), gate.browser()];
    const { handle, subject } = await begin(theirs, victim);
    await begin(own, attacker);
    const [ownValue = ""] = own.cookies.values();
    for (const name of theirs.cookies.keys()) own.cookies.set(name, ownValue);
    const { error } = await own.call("token.issue", { ticket: handle, subject });
    const gained = await signedInAs(own);
    return {
      succeeded: gained === victim.subject,
      gained,
      refusal: { code: error?.code, issues: issues(gate) },
    };
  },
  async honest(gate) {
    const [other, person] = [await attackerOf(gate), await victimOf(gate)];
    const [browser, elsewhere] = [gate.browser(), gate.browser()];
    const { handle, subject } = await begin(browser, person);
    await elsewhere.signIn(other.username, other.password);
    await browser.call("token.issue", { ticket: handle, subject });
    return (await signedInAs(browser)) === person.subject && (await signedInAs(elsewhere)) === other.subject;
  },
});

attack("keep the cookie of a session, and use it after somebody else has signed in at this browser", {
  surface: "trpc",
  ...gates,
  async run(gate) {
    const [attacker, victim] = [await attackerOf(gate), await victimOf(gate)];
    const [shared, own] = [gate.browser(), gate.browser()];
    await shared.signIn(attacker.username, attacker.password);
    for (const [name, value] of copyOf(shared)) own.cookies.set(name, value);
    await shared.signIn(victim.username, victim.password);
    const gained = await signedInAs(own);
    return { succeeded: gained !== undefined, gained };
  },
  async honest(gate) {
    const [other, person] = [await attackerOf(gate), await victimOf(gate)];
    const browser = gate.browser();
    await browser.signIn(other.username, other.password);
    await browser.signIn(person.username, person.password);
    const revoked = gate.callsOf("auth/revocation").length === 1;
    return revoked && (await signedInAs(browser)) === person.subject;
  },
});
