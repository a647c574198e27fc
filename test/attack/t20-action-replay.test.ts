import { createFormToken } from "../../src/server/session/form-token.ts";
import { demo, freshValue, openGate } from "../support/gate.ts";
import { createFormPool } from "../support/naive/form-pool.ts";
import type { AttackedBrowser } from "../support/naive/gate.ts";
import { attack, type Outcome } from "./attack.ts";
import { issues } from "./gates.ts";
import { type AttackedPages, pages } from "./pages.ts";
import { signedInAs } from "./people.ts";

const MINUTE_MS = 60_000;
const credentials = { username: demo.username, password: demo.password };

/** A naive gate whose forms have tokens: good when they were given out, to whomever, for whatever, whenever. */
const targets = {
  naive: async (): Promise<AttackedPages> => ({ ...(await pages.naive()), forms: createFormPool() }),
  ours: pages.ours,
};

/** What a person sends to sign in, as it can be recorded. */
async function filledIn({ forms }: AttackedPages, browser: AttackedBrowser): Promise<Record<string, string>> {
  return { ...(await forms.open(browser, "login")), ...credentials };
}

/** Sends a login form, and tells whether somebody is signed in thereafter who was not before. */
async function sendLogin(
  { forms, ...gate }: AttackedPages,
  browser: AttackedBrowser,
  members: Record<string, string>,
): Promise<Outcome> {
  const before = issues(gate);
  const code = await forms.send(browser, "login", members);
  const gained = await signedInAs(browser);
  return { succeeded: gained !== undefined, gained, refusal: { code, issues: issues(gate) - before } };
}

const expired = { code: "FORM_EXPIRED", issues: 0 };

/** Signs in with the form, out with the form, and in again with a new form. */
async function honest(target: AttackedPages): Promise<boolean> {
  const { forms } = target;
  const browser = target.browser();
  const first = await sendLogin(target, browser, await filledIn(target, browser));
  await forms.send(browser, "sign-out", await forms.open(browser, "sign-out"));
  const between = await signedInAs(browser);
  const second = await sendLogin(target, browser, await filledIn(target, browser));
  return first.succeeded && between === undefined && second.succeeded;
}

attack("send the login form of somebody who has signed out again: the browser still has it", {
  surface: "action",
  ...targets,
  refusal: expired,
  honest,
  async run(target) {
    const browser = target.browser();
    const members = await filledIn(target, browser);
    await sendLogin(target, browser, members);
    await browser.signOut();
    return sendLogin(target, browser, members);
  },
});

attack("send a recorded login form in another browser", {
  surface: "action",
  ...targets,
  refusal: expired,
  honest,
  async run(target) {
    const members = await filledIn(target, target.browser());
    return sendLogin(target, target.browser(), members);
  },
});

attack("send a login form that was left open for half an hour", {
  surface: "action",
  ...targets,
  refusal: expired,
  honest,
  async run(target) {
    const browser = target.browser();
    const members = await filledIn(target, browser);
    target.clock.advance(30 * MINUTE_MS);
    return sendLogin(target, browser, members);
  },
});

attack("use the token of the form for signing out to sign in", {
  surface: "action",
  ...targets,
  refusal: expired,
  honest,
  async run(target) {
    const browser = target.browser();
    const { formToken = "" } = await target.forms.open(browser, "sign-out");
    return sendLogin(target, browser, { ...(await filledIn(target, browser)), formToken });
  },
});

/** Tokens that no page of ours gave to this browser. */
const forged: [
  title: string,
  forge: (token: string, browser: AttackedBrowser) => string | Promise<string>,
][] = [
  ["without a token", () => ""],
  ["with a token of the attacker's own making", () => Buffer.alloc(96, 7).toString("base64url")],
  [
    "with a token of which one character was changed",
    (token) => token.replace(/.$/, (end) => (end === "A" ? "Q" : "A")),
  ],
  ["with a token that a server with other keys made for this browser", tokenOfAnotherServer],
];

for (const [title, forge] of forged) {
  attack(`send a login form ${title}`, {
    surface: "action",
    ...targets,
    naive: pages.naive,
    refusal: expired,
    honest,
    async run(target) {
      const browser = target.browser();
      const { formToken = "", ...members } = await filledIn(target, browser);
      return sendLogin(target, browser, { ...members, formToken: await forge(formToken, browser) });
    },
  });
}

async function tokenOfAnotherServer(_: string, { cookies }: AttackedBrowser): Promise<string> {
  const gate = await openGate({ env: { TICKETGATE_SEALING_KEYS: "another".repeat(8) } });
  const preSession = [...cookies].find(([name]) => name.endsWith("-pre"))?.[1] ?? "";
  const token = createFormToken(gate.services, "login", preSession);
  await gate.close();
  return token;
}

attack("send one login form many times at the same moment", {
  surface: "action",
  ...targets,
  refusal: { issues: 1 },
  honest,
  async run(target) {
    const browser = target.browser();
    const members = await filledIn(target, browser);
    await Promise.all(Array.from({ length: 8 }, () => target.forms.send(browser, "login", members)));
    return { succeeded: issues(target) > 1, gained: issues(target), refusal: { issues: issues(target) } };
  },
});

attack("send a recorded form for signing out again, whenever the victim has signed in", {
  surface: "action",
  ...targets,
  honest,
  async run(target) {
    const { forms } = target;
    const browser = target.browser();
    await browser.signIn();
    const members = await forms.open(browser, "sign-out");
    await forms.send(browser, "sign-out", members);
    await browser.signIn();
    await forms.send(browser, "sign-out", members);
    return { succeeded: (await signedInAs(browser)) === undefined };
  },
});

/** Members that no form of ours has; the action would be given more than a person typed. */
const additions: [title: string, members: Record<string, string>][] = [
  ["a subject", { subject: "admin" }],
  ["an access token", { accessToken: freshValue() }],
  ["claims", { jwtAtClaims: '{"role":"admin"}' }],
];

for (const [title, members] of additions) {
  attack(`send a login form with ${title} in it`, {
    surface: "action",
    ...targets,
    refusal: { code: "BAD_REQUEST", issues: 0 },
    honest,
    async run(target) {
      const browser = target.browser();
      return sendLogin(target, browser, { ...(await filledIn(target, browser)), ...members });
    },
  });
}
