import { createFormToken } from "../../src/server/session/form-token.ts";
import { freshValue } from "../support/gate.ts";
import type { AttackedGate } from "../support/naive/gate.ts";
import { attack } from "./attack.ts";
import { gates, issues } from "./gates.ts";
import { begin, signedInAs, victimOf } from "./people.ts";

async function honest(gate: AttackedGate): Promise<boolean> {
  const browser = gate.browser();
  const { handle, subject } = await begin(browser, await victimOf(gate));
  await browser.call("token.issue", { ticket: handle, subject });
  return issues(gate) === 1 && (await signedInAs(browser)) === subject;
}

const refusal = { code: "TICKET_INVALID", issues: 0 };

/** Tickets whose kind is not the one for a sign-in at a browser, or at a back end. */
const foreign: [title: string, make: (gate: AttackedGate) => Promise<string>][] = [
  ["one of an authorization request, as /auth/authorization gives it", async () => freshValue()],
  ["one of another service's engine", async () => `other-service.${freshValue()}`],
  ["the token of a form", async ({ services }) => createFormToken(services, "login", freshValue())],
  ["an access token", async (gate) => (await gate.backend()).token],
  ["a ticket that is long gone", async () => "A"],
];

for (const [title, make] of foreign) {
  attack(`have the engine look at a ticket that is none, from a browser: ${title}`, {
    surface: "trpc",
    ...gates,
    refusal,
    honest,
    async run(gate) {
      const input = { ticket: await make(gate), subject: await gate.subject() };
      const { error } = await gate.browser().call("token.issue", input);
      return { succeeded: issues(gate) > 0, refusal: { code: error?.code, issues: issues(gate) } };
    },
  });

  attack(`have the engine look at a ticket that is none, from a back end: ${title}`, {
    surface: "trpc",
    ...gates,
    refusal,
    honest,
    async run(gate) {
      const backend = await gate.backend();
      const { error } = await backend.call("token.issue", { ticket: await make(gate), subject: "usr_1" });
      return { succeeded: issues(gate) > 0, refusal: { code: error?.code, issues: issues(gate) } };
    },
  });
}

attack("sign in at a browser with the ticket of a back end, for which nobody typed a password", {
  surface: "trpc",
  ...gates,
  refusal: { code: "TICKET_INVALID", issues: 0, backend: "OK" },
  honest,
  async run(gate) {
    const [victim, browser, backend] = [await victimOf(gate), gate.browser(), await gate.backend()];
    const ticket = await backend.ticket();
    const { error } = await browser.call("token.issue", { ticket, subject: victim.subject });
    const [gained, issued] = [await signedInAs(browser), issues(gate)];
    const own = await backend.call<{ action: string }>("token.issue", { ticket, subject: "usr_1" });
    return {
      succeeded: gained === victim.subject,
      gained,
      refusal: { code: error?.code, issues: issued, backend: own.data?.action },
    };
  },
});

attack("issue as a back end, for a subject of one's choice, with the handle of a browser", {
  surface: "trpc",
  ...gates,
  refusal,
  honest,
  async run(gate) {
    const backend = await gate.backend();
    const { handle } = await begin(gate.browser(), await victimOf(gate));
    const { data, error } = await backend.call("token.issue", { ticket: handle, subject: "usr_admin" });
    return {
      succeeded: data !== undefined,
      gained: data,
      refusal: { code: error?.code, issues: issues(gate) },
    };
  },
});

attack("sign in with the engine's own ticket, in place of the handle for it", {
  surface: "trpc",
  ...gates,
  refusal,
  honest,
  async run(gate) {
    const tickets: string[] = [];
    gate.intercept(async ({ operation }, send) => {
      const answer = (await send()) as { ticket?: string };
      if (operation === "auth/token" && answer.ticket) tickets.push(answer.ticket);
      return answer;
    });
    const browser = gate.browser();
    const { subject } = await begin(browser, await victimOf(gate));
    const { error } = await browser.call("token.issue", { ticket: tickets[0], subject });
    const gained = await signedInAs(browser);
    return {
      succeeded: gained === subject,
      gained,
      refusal: { code: error?.code, issues: issues(gate) },
    };
  },
});
