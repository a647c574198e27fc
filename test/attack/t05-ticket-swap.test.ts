import type { AttackedBrowser, AttackedGate } from "../support/naive/gate.ts";
import { attack } from "./attack.ts";
import { gates, issues } from "./gates.ts";
import { attackerOf, type Begun, begin, signedInAs, victimOf } from "./people.ts";
import { plantFromSibling } from "./sibling-site.ts";

/** Finishes a sign-in at a browser, and tells what that came to. */
async function finish(gate: AttackedGate, browser: AttackedBrowser, { handle, subject }: Begun) {
  const { error } = await browser.call("token.issue", { ticket: handle, subject });
  const gained = await signedInAs(browser);
  return {
    succeeded: gained === subject,
    gained,
    refusal: { code: error?.code, issues: issues(gate), signedIn: gained },
  };
}

const refusal = { code: "TICKET_INVALID", issues: 0, signedIn: undefined };

async function honest(gate: AttackedGate): Promise<boolean> {
  const browser = gate.browser();
  return (await finish(gate, browser, await begin(browser, await victimOf(gate)))).succeeded;
}

attack("begin a sign-in, and let the victim's browser finish it: the victim works as the attacker", {
  surface: "trpc",
  ...gates,
  refusal,
  honest,
  run: async (gate) => finish(gate, gate.browser(), await begin(gate.browser(), await attackerOf(gate))),
});

attack("see the victim's handle, and finish the sign-in elsewhere: the attacker works as the victim", {
  surface: "trpc",
  ...gates,
  refusal,
  honest,
  run: async (gate) => finish(gate, gate.browser(), await begin(gate.browser(), await victimOf(gate))),
});

attack("begin a sign-in, and plant its cookies in the victim's browser from a sibling site", {
  surface: "trpc",
  ...gates,
  refusal,
  honest,
  async run(gate) {
    const [own, theirs] = [gate.browser(), gate.browser()];
    const begun = await begin(own, await attackerOf(gate));
    for (const [name, value] of own.cookies) plantFromSibling(theirs, name, value);
    return finish(gate, theirs, begun);
  },
});

attack("finish the victim's sign-in a second time, after the victim did, with all of its cookies", {
  surface: "trpc",
  naive: gates.naive,
  ours: gates.ours,
  refusal: { code: "TICKET_INVALID", issues: 1, signedIn: undefined },
  honest,
  async run(gate) {
    const [own, theirs] = [gate.browser(), gate.browser()];
    const begun = await begin(theirs, await victimOf(gate));
    for (const [name, value] of theirs.cookies) own.cookies.set(name, value);
    await finish(gate, theirs, begun);
    return finish(gate, own, begun);
  },
});
