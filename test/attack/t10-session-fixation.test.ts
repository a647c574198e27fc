import { createFormPool } from "../support/naive/form-pool.ts";
import type { AttackedGate } from "../support/naive/gate.ts";
import { attack } from "./attack.ts";
import { gates, issues } from "./gates.ts";
import { pages } from "./pages.ts";
import { attackerOf, begin, signedInAs, victimOf } from "./people.ts";
import { plantFromSibling } from "./sibling-site.ts";

async function honest(gate: AttackedGate): Promise<boolean> {
  const browser = gate.browser();
  await browser.signIn();
  const first = [...browser.cookies.values()].join();
  await browser.signIn();
  const second = [...browser.cookies.values()].join();
  return first !== second && (await signedInAs(browser)) === (await gate.subject());
}

attack("plant the cookies of one's own visit in the victim's browser, and wait for the victim to sign in", {
  surface: "session",
  ...gates,
  honest,
  async run(gate) {
    const [own, theirs] = [gate.browser(), gate.browser()];
    await own.current();
    for (const [name, value] of own.cookies) theirs.cookies.set(name, value);
    await theirs.signIn();
    const gained = await signedInAs(own);
    return { succeeded: gained !== undefined, gained };
  },
});

attack("plant the cookies of one's own session, and wait for the victim to sign in over it", {
  surface: "session",
  ...gates,
  honest,
  async run(gate) {
    const [own, theirs] = [gate.browser(), gate.browser()];
    const attacker = await attackerOf(gate);
    await own.signIn(attacker.username, attacker.password);
    for (const [name, value] of own.cookies) theirs.cookies.set(name, value);
    await theirs.signIn();
    const gained = await signedInAs(own);
    return { succeeded: gained !== undefined, gained };
  },
});

attack("plant the cookies of one's own session from a sibling site: the victim works as the attacker", {
  surface: "session",
  ...gates,
  honest,
  async run(gate) {
    const [own, theirs] = [gate.browser(), gate.browser()];
    const attacker = await attackerOf(gate);
    await own.signIn(attacker.username, attacker.password);
    for (const [name, value] of own.cookies) plantFromSibling(theirs, name, value);
    const gained = await signedInAs(theirs);
    return { succeeded: gained === attacker.subject, gained };
  },
});

attack("sign the victim in as the attacker, with a form on another site that writes JSON", {
  surface: "trpc",
  ...gates,
  refusal: { code: "CROSS_SITE_REFUSED", issues: 0 },
  honest,
  async run(gate) {
    const attacker = await attackerOf(gate);
    const { handle, subject } = await begin(gate.browser(), attacker);
    const browser = gate.browser();
    const headers = {
      origin: "https://evil.example",
      "sec-fetch-site": "cross-site",
      "x-ticketgate": null,
      "content-type": "text/plain",
    };
    const body = `{"json":{"ticket":"${handle}","subject":"${subject}","x":"="}}\r\n`;
    const { error } = await browser.call("token.issue", undefined, { headers, body });
    const gained = await signedInAs(browser);
    return {
      succeeded: gained === attacker.subject,
      gained,
      refusal: { code: error?.code, issues: issues(gate) },
    };
  },
});

const forms = {
  naive: async () => ({ ...(await pages.naive()), forms: createFormPool() }),
  ours: pages.ours,
};

attack("put one's own password and one's own form token into a login form in the victim's browser", {
  surface: "action",
  ...forms,
  refusal: { code: "FORM_EXPIRED", tickets: 0 },
  async run({ forms, ...gate }) {
    const { username, password, subject } = await attackerOf(gate);
    const [own, theirs] = [gate.browser(), gate.browser()];
    const members = { ...(await forms.open(own, "login")), username, password };
    await forms.open(theirs, "login");
    const code = await forms.send(theirs, "login", members);
    const gained = await signedInAs(theirs);
    const tickets = gate.callsOf("auth/token").length;
    return { succeeded: gained === subject, gained, refusal: { code, tickets } };
  },
  async honest({ forms, ...gate }) {
    const { username, password, subject } = await victimOf(gate);
    const browser = gate.browser();
    const members = { ...(await forms.open(browser, "login")), username, password };
    return (
      (await forms.send(browser, "login", members)) === undefined && (await signedInAs(browser)) === subject
    );
  },
});

attack("plant the cookie to which form tokens are bound from a sibling site, with a token for it", {
  surface: "action",
  ...forms,
  refusal: { code: "FORM_EXPIRED" },
  async run({ forms, ...gate }) {
    const { username, password, subject } = await attackerOf(gate);
    const [own, theirs] = [gate.browser(), gate.browser()];
    const members = { ...(await forms.open(own, "login")), username, password };
    for (const [name, value] of own.cookies) plantFromSibling(theirs, name, value);
    const code = await forms.send(theirs, "login", members);
    const gained = await signedInAs(theirs);
    return { succeeded: gained === subject, gained, refusal: { code } };
  },
  async honest({ forms, ...gate }) {
    const browser = gate.browser();
    await forms.open(browser, "login");
    const members = await forms.open(browser, "login");
    const { username, password, subject } = await victimOf(gate);
    await forms.send(browser, "login", { ...members, username, password });
    return (await signedInAs(browser)) === subject;
  },
});
