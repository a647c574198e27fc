import superjson from "superjson";
import { demo, freshValue, openGate, type Spoil } from "../support/gate.ts";
import { type AttackedGate, openNaiveGate } from "../support/naive/gate.ts";
import { attack } from "./attack.ts";
import { issues } from "./gates.ts";
import { signedInAs } from "./people.ts";

/** The naive gate answers one request of an attacker, and no more. */
const targets = {
  naive: (): Promise<AttackedGate> => openNaiveGate({ requestsAtMost: 1 }),
  ours: (): Promise<AttackedGate> => openGate(),
};

const GUESSES = 5_000;
const PASSWORDS = 12;

/** So many calls of one procedure as one request. */
function batch(name: string, inputs: readonly unknown[], comma = ","): { path: string; spoil: Spoil } {
  const body = JSON.stringify({ ...inputs.map((input) => superjson.serialize(input)) });
  return { path: inputs.map(() => name).join(comma), spoil: { query: "?batch=1", body } };
}

async function honest(gate: AttackedGate): Promise<boolean> {
  const browser = gate.browser();
  await browser.signIn();
  const names = Array(10).fill("session.current").join(",");
  const { text } = await browser.call(names, undefined, { method: "GET", query: "?batch=1&input={}" });
  const answered = (JSON.parse(text) as { result?: unknown }[]).filter(({ result }) => result);
  return answered.length === 10 && (await signedInAs(browser)) === (await gate.subject());
}

for (const [title, comma] of [
  ["commas", ","],
  ["commas that are percent-encoded", "%2C"],
] as const) {
  attack(`guess ${GUESSES} tickets in one request, with ${title}`, {
    surface: "trpc",
    ...targets,
    refusal: { code: "BATCH_REFUSED", issues: 0 },
    honest,
    async run(gate) {
      const subject = await gate.subject();
      const guesses = Array.from({ length: GUESSES }, () => ({ ticket: freshValue(), subject }));
      const { path, spoil } = batch("token.issue", guesses, comma);
      const { error } = await gate.browser().call(path, undefined, spoil);
      return {
        succeeded: issues(gate) >= GUESSES,
        gained: issues(gate),
        refusal: { code: error?.code, issues: issues(gate) },
      };
    },
  });
}

attack(`guess ${PASSWORDS} passwords in one request`, {
  surface: "trpc",
  ...targets,
  refusal: { code: "BATCH_REFUSED", tickets: 0 },
  honest,
  async run(gate) {
    const guesses = Array.from({ length: PASSWORDS }, (_, at) => `guess number ${at}`);
    guesses[PASSWORDS - 2] = demo.password;
    const inputs = guesses.map((password) => ({ username: demo.username, password }));
    const { path, spoil } = batch("login.password", inputs);
    const { error, text } = await gate.browser().call(path, undefined, spoil);
    return {
      succeeded: text.includes('"handle"'),
      refusal: { code: error?.code, tickets: gate.callsOf("auth/token").length },
    };
  },
});

attack("have thousands of answers made with one request", {
  surface: "trpc",
  ...targets,
  refusal: { code: "BATCH_REFUSED" },
  honest,
  async run(gate) {
    const names = Array(GUESSES).fill("session.current").join(",");
    const spoil = { method: "GET", query: "?batch=1&input={}" };
    const { error, text } = await gate.browser().call(names, undefined, spoil);
    const answers = text.split('"signedIn"').length - 1;
    return { succeeded: answers >= GUESSES, gained: answers, refusal: { code: error?.code } };
  },
});
