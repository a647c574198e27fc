import { randomBytes } from "node:crypto";
import { backend, freshValue } from "../support/gate.ts";
import type { AttackedGate } from "../support/naive/gate.ts";
import { attack, type Outcome } from "./attack.ts";
import { setPolicy } from "./engine-settings.ts";
import { gates, issues } from "./gates.ts";
import { begin, signedInAs, victimOf } from "./people.ts";
import { subjectOfToken } from "./token-endpoint.ts";

/** From now on the back end may choose the values of access tokens. */
const letChoose = (gate: AttackedGate) =>
  setPolicy(gate, [{ key: "token_issue.access_token", value: "true" }]);

/** Has the back end ask for a token with a value that the attacker knows, for the victim. */
async function fix(gate: AttackedGate, accessToken: string): Promise<Outcome> {
  const { subject } = await victimOf(gate);
  const caller = await gate.backend();
  const ticket = await caller.ticket();
  const before = issues(gate);
  const { data, error } = await caller.call("token.issue", { ticket, subject, accessToken });
  return {
    succeeded: data !== undefined && (await subjectOfToken(gate, accessToken)) === subject,
    gained: data,
    refusal: { code: error?.code, fields: error?.fields, issues: issues(gate) - before },
  };
}

/** A back end that may choose, and chooses well, gets what it chose: once for each value. */
async function honestBackend(gate: AttackedGate): Promise<boolean> {
  await letChoose(gate);
  const outcomes = [await fix(gate, freshValue()), await fix(gate, randomBytes(24).toString("hex"))];
  return outcomes.every(({ succeeded }) => succeeded);
}

async function honestBrowser(gate: AttackedGate): Promise<boolean> {
  const browser = gate.browser();
  await browser.signIn();
  return (await signedInAs(browser)) === (await gate.subject());
}

attack("choose the token of the victim's sign-in, in the victim's browser", {
  surface: "trpc",
  ...gates,
  refusal: { code: "FORBIDDEN", fields: { accessToken: ["may not be set from a browser"] }, issues: 0 },
  honest: honestBrowser,
  async run(gate) {
    const known = freshValue();
    const browser = gate.browser();
    const { handle, subject } = await begin(browser, await victimOf(gate));
    const input = { ticket: handle, subject, accessToken: known };
    const { text, error } = await browser.call("token.issue", input);
    const gained = await subjectOfToken(gate, known);
    const shown = [text, (await browser.current()).text].some((answer) => answer.includes(known));
    return {
      succeeded: gained === subject || shown,
      gained,
      refusal: { code: error?.code, fields: error?.fields, issues: issues(gate) },
    };
  },
});

attack("have a back end choose the token that nobody allowed to choose", {
  surface: "trpc",
  ...gates,
  refusal: {
    code: "FORBIDDEN",
    fields: { accessToken: ["is not in the policy of this client"] },
    issues: 0,
  },
  honest: honestBackend,
  async run(gate) {
    await setPolicy(gate, [{ key: "token_issue.properties", value: "*" }]);
    return fix(gate, freshValue());
  },
});

/** Values that can be found by trying, or be read off from what is public. */
const guessable: [title: string, value: string][] = [
  ["a word", "password"],
  ["a number that counts up", "token-000000000000000000000000000000000042"],
  ["a UUID", "6f1c1c1e-9b1d-4c58-8a43-2d4cf3ce9d10"],
  ["a date in milliseconds", "1798761600000"],
  ["23 random bytes in hexadecimal", "9c1f0a7be43d5826f1908c7d6e5b4a3928171605f4e3d2"],
  ["one character again and again", "a".repeat(64)],
  ["padding that makes it long", `Ab3Zk9${"=".repeat(60)}`],
];

for (const [title, value] of guessable) {
  attack(`have a back end choose a token that can be guessed: ${title}`, {
    surface: "trpc",
    ...gates,
    refusal: {
      code: "BAD_REQUEST",
      fields: { accessToken: ["must have at least 192 bits of entropy"] },
      issues: 0,
    },
    honest: honestBackend,
    async run(gate) {
      await letChoose(gate);
      return fix(gate, value);
    },
  });
}

/** How a value that the attacker stole stopped being good. */
const ends: [title: string, end: (gate: AttackedGate, token: string) => Promise<unknown>][] = [
  [
    "was revoked",
    ({ services }, token) =>
      services.authlete["auth/revocation"]({
        parameters: new URLSearchParams({ token }).toString(),
        clientId: backend.id,
        clientSecret: backend.secret,
      }),
  ],
  [
    "has expired, and that the engine has forgotten",
    async ({ services, clock }) => {
      clock.advance(31 * 24 * 3_600_000);
      await services.store.removeExpired(clock(), 1_000);
    },
  ],
];

for (const [title, end] of ends) {
  attack(`make a stolen token good again that ${title}, by having it chosen again`, {
    surface: "trpc",
    ...gates,
    refusal: { code: "BAD_REQUEST", fields: { accessToken: ["was seen before"] }, issues: 0 },
    honest: honestBackend,
    async run(gate) {
      await letChoose(gate);
      const stolen = freshValue();
      await fix(gate, stolen);
      await end(gate, stolen);
      if (await subjectOfToken(gate, stolen)) throw new Error("the stolen token is still good");
      return fix(gate, stolen);
    },
  });
}
