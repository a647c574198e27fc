import { appRouter } from "../../src/server/trpc/router.ts";
import type { Reply } from "../support/gate.ts";
import { createLeakScanner } from "../support/leak-scanner.ts";
import type { AttackedGate } from "../support/naive/gate.ts";
import { attack, type Outcome } from "./attack.ts";
import { issueJwts } from "./engine-settings.ts";
import { gates } from "./gates.ts";
import { type Change, listenForSecrets } from "./minted.ts";
import { signedInAs } from "./people.ts";
import { subjectOfToken } from "./token-endpoint.ts";

const CANARY = "canary-8d1f0c6e77ab4e21";

/** Calls every procedure that there is in one browser, in the order of a visit; gives the raw answers. */
async function callEverything(gate: AttackedGate): Promise<Map<string, Reply>> {
  const browser = gate.browser();
  const subject = await gate.subject();
  const begun = await browser.login();
  const handle = begun.data?.handle ?? "";
  const replies = new Map<string, Reply>([["login.password", begun]]);
  const call = async (name: string, input?: unknown) => replies.set(name, await browser.call(name, input));
  await call("token.request", { parameters: "grant_type=client_credentials" });
  await call("token.fail", { ticket: handle, reason: "UNKNOWN" });
  await call("token.introspect", { token: handle });
  await call("token.revoke", { parameters: `token=${handle}` });
  await call("token.issue", { ticket: handle, subject });
  await call("login.secondFactor", { handle, code: "123456" });
  replies.set("session.current", await browser.current());
  await call("session.signOut");
  const forgotten = Object.keys(appRouter._def.procedures).filter((name) => !replies.has(name));
  if (forgotten.length > 0) throw new Error(`not called: ${forgotten.join()}`);
  return replies;
}

/** Looks for every secret of the engine, in whatever form, in bodies and headers. */
async function searched(gate: AttackedGate, change?: Change): Promise<Outcome> {
  const secrets = listenForSecrets(gate, change);
  const replies = await callEverything(gate);
  if (secrets.size < 4) throw new Error("a sign-in has a ticket, two tokens and a client secret");
  const scanner = createLeakScanner();
  for (const secret of secrets) scanner.remember("secret", secret);
  scanner.remember("canary", CANARY);
  const gained = [...replies].flatMap(([name, { text, headers }]) =>
    scanner.scan(name, `${text}\n${JSON.stringify([...headers])}`),
  );
  return { succeeded: gained.length > 0, gained };
}

/** The token is where it belongs: on the server, good, and the engine knows whose it is. */
async function honest(gate: AttackedGate): Promise<boolean> {
  const secrets = listenForSecrets(gate);
  const browser = gate.browser();
  await browser.signIn();
  const owners = await Promise.all([...secrets].map((secret) => subjectOfToken(gate, secret)));
  const subject = await gate.subject();
  return owners.includes(subject) && (await signedInAs(browser)) === subject;
}

attack("read a token or ticket in the answer of any procedure", {
  surface: "trpc",
  ...gates,
  honest,
  run: (gate) => searched(gate),
});

attack("read a signed token, or a part of it, in the answer of any procedure", {
  surface: "trpc",
  ...gates,
  honest,
  async run(gate) {
    await issueJwts(gate);
    return searched(gate);
  },
});

/** Ways in which another release of the engine can say more than the contract knows. */
const additions: [title: string, change: Change][] = [
  ["at the top", (answer) => ({ ...answer, sessionToken: CANARY, debug: { raw: [CANARY] } })],
  [
    "under names that are public elsewhere",
    (answer) => ({ ...answer, handle: CANARY, username: CANARY, trip: CANARY }),
  ],
  ["in its messages", (answer) => ({ ...answer, resultMessage: `issued ${CANARY}` })],
  [
    "in members that it has",
    (answer) => ({
      ...answer,
      properties: [{ key: CANARY, value: CANARY, hidden: true }],
      clientAttributes: [{ key: CANARY, value: CANARY }],
      serviceAttributes: [{ key: CANARY, value: CANARY }],
    }),
  ],
];

for (const [title, change] of additions) {
  attack(`read what the engine adds ${title}`, {
    surface: "trpc",
    ...gates,
    honest,
    // The naive gate would be caught for its ticket alone: only what was added counts here.
    async run(gate) {
      gate.intercept(async (_, send) => change((await send()) as Record<string, unknown>));
      const gained = [...(await callEverything(gate))]
        .filter(([, { text }]) => text.includes(CANARY))
        .map(([name]) => name);
      return { succeeded: gained.length > 0, gained };
    },
  });
}
