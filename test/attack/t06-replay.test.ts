import { EngineUnavailable } from "../../src/server/authlete/error.ts";
import { demo, openGate, type Reply } from "../support/gate.ts";
import { type AttackedGate, openNaiveGate } from "../support/naive/gate.ts";
import { attack, type Outcome } from "./attack.ts";
import { issues } from "./gates.ts";
import { pages } from "./pages.ts";
import { begin, signedInAs, victimOf } from "./people.ts";
import { type AttackedTokenEndpoint, askForToken, passwordGrant, tokenEndpoints } from "./token-endpoint.ts";

const CONCURRENT = 32;
const credentials = { username: demo.username, password: demo.password };

/** The naive gate asks for a new ticket when one does not work. */
const targets = {
  naive: (): Promise<AttackedGate> => openNaiveGate({ freshTicketOnFailure: true }),
  ours: (): Promise<AttackedGate> => openGate(),
};

/** One sign-in up to the password; then `send` sends the one handle as often as it likes. */
async function replay(
  gate: AttackedGate,
  send: (issue: () => Promise<Reply>) => Promise<Reply[]>,
): Promise<Outcome> {
  const browser = gate.browser();
  const { handle, subject } = await begin(browser, await victimOf(gate));
  const cookies = [...browser.cookies];
  const replies = await send(() => {
    for (const [name, value] of cookies) browser.cookies.set(name, value);
    return browser.call("token.issue", { ticket: handle, subject });
  });
  return outcomeOf(gate, replies);
}

function outcomeOf(gate: AttackedGate, replies: Reply[]): Outcome {
  const worked = replies.filter(({ data }) => data !== undefined).length;
  const codes = new Set(replies.flatMap(({ error }) => error?.code ?? []));
  return {
    succeeded: worked > 1,
    gained: worked,
    refusal: { worked, codes: [...codes], issues: issues(gate) },
  };
}

async function honest(gate: AttackedGate): Promise<boolean> {
  const browser = gate.browser();
  for (const _ of [1, 2]) await browser.signIn();
  return (await signedInAs(browser)) === (await gate.subject());
}

const onceOnly = { worked: 1, codes: ["TICKET_INVALID"], issues: 1 };

attack("send a handle again", {
  surface: "trpc",
  ...targets,
  refusal: onceOnly,
  honest,
  run: (gate) => replay(gate, async (issue) => [await issue(), await issue()]),
});

attack("click twice", {
  surface: "trpc",
  ...targets,
  refusal: onceOnly,
  honest,
  run: (gate) => replay(gate, (issue) => Promise.all([issue(), issue()])),
});

attack(`send a handle ${CONCURRENT} times at the same moment`, {
  surface: "trpc",
  ...targets,
  refusal: onceOnly,
  honest,
  run: (gate) => replay(gate, (issue) => Promise.all(Array.from({ length: CONCURRENT }, issue))),
});

attack(`send the ticket of a back end ${CONCURRENT} times at the same moment`, {
  surface: "trpc",
  ...targets,
  refusal: onceOnly,
  async run(gate) {
    const backend = await gate.backend();
    const input = { ticket: await backend.ticket(), subject: "usr_1" };
    const issue = () => backend.call("token.issue", input);
    return outcomeOf(gate, await Promise.all(Array.from({ length: CONCURRENT }, issue)));
  },
  async honest(gate) {
    const backend = await gate.backend();
    const issue = async () =>
      backend.call("token.issue", { ticket: await backend.ticket(), subject: "usr_1" });
    return (await Promise.all([issue(), issue()])).every(({ data }) => data !== undefined);
  },
});

attack("try again when the engine's answer was lost: the first tokens stay, and nobody knows of them", {
  surface: "trpc",
  ...targets,
  refusal: { codes: ["ENGINE_UNAVAILABLE", "TICKET_INVALID"], issued: 1 },
  honest,
  async run(gate) {
    let issued = 0;
    gate.intercept(async ({ operation }, send) => {
      const answer = (await send()) as { action: string };
      if (operation !== "auth/token/issue" || answer.action !== "OK") return answer;
      issued += 1;
      if (issued > 1) return answer;
      throw new EngineUnavailable("test", "no answer in time", { outcomeUnknown: true });
    });
    const codes: unknown[] = [];
    await replay(gate, async (issue) => {
      const replies = [await issue(), await issue()];
      codes.push(...replies.map(({ error }) => error?.code));
      return replies;
    });
    return { succeeded: issued > 1, gained: issued, refusal: { codes, issued } };
  },
});

attack("send the login form twice", {
  surface: "action",
  ...pages,
  refusal: { issues: 1 },
  async run({ forms, ...gate }) {
    const browser = gate.browser();
    const members = { ...(await forms.open(browser, "login")), ...credentials };
    for (const _ of [1, 2]) await forms.send(browser, "login", members);
    return { succeeded: issues(gate) > 1, gained: issues(gate), refusal: { issues: issues(gate) } };
  },
  async honest({ forms, ...gate }) {
    const browser = gate.browser();
    const members = { ...(await forms.open(browser, "login")), ...credentials };
    const fault = await forms.send(browser, "login", members);
    return fault === undefined && (await signedInAs(browser)) === (await gate.subject());
  },
});

attack("use a refresh token that has been used", {
  surface: "oauth",
  naive: tokenEndpoints.keeping,
  ours: tokenEndpoints.ours,
  refusal: ["invalid_grant", "invalid_grant"],
  async run(target) {
    const { refresh_token: stolen = "" } = await askForToken(target, passwordGrant(credentials));
    const next = await refresh(target, stolen);
    const again = await refresh(target, stolen);
    // Two parties hold it: what came of it is revoked, too.
    const after = await refresh(target, next.refresh_token ?? "");
    const succeeded = again.access_token !== undefined;
    return { succeeded, gained: again, refusal: [again.error, after.error] };
  },
  async honest(target) {
    const first = await askForToken(target, passwordGrant(credentials));
    const second = await refresh(target, first.refresh_token ?? "");
    return (await refresh(target, second.refresh_token ?? "")).access_token !== undefined;
  },
});

const refresh = (target: AttackedTokenEndpoint, token: string) =>
  askForToken(target, { grant_type: "refresh_token", refresh_token: token });
