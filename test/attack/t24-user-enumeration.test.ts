import { verify } from "@node-rs/argon2";
import { vi } from "vitest";
import { createAttemptLimit } from "../../src/server/account/attempt-limit.ts";
import { createTokenEndpoint } from "../../src/server/http/token.ts";
import { backend, demo, openGate } from "../support/gate.ts";
import type { AttackedGate } from "../support/naive/gate.ts";
import { createHelpfulTokenEndpoint, openHelpfulGate } from "../support/naive/login.ts";
import { attack, type Outcome } from "./attack.ts";
import { askForToken, passwordGrant } from "./token-endpoint.ts";

vi.mock("@node-rs/argon2", { spy: true });

const gates = {
  naive: openHelpfulGate,
  ours: (): Promise<AttackedGate> => openGate(),
};

/** All that an attacker can see or measure of one try: the answer, and the work that takes the time. */
type Observation = Record<(typeof dimensions)[number], unknown>;

const dimensions = [
  "the status",
  "the text",
  "the headers",
  "the calls of the engine",
  "the passwords that were hashed",
] as const;

async function observe(gate: AttackedGate, username: string, password: string): Promise<Observation> {
  const [calls, hashes] = [gate.calls.length, vi.mocked(verify).mock.calls.length];
  const { status, text, headers } = await gate.browser().login(username, password);
  return {
    "the status": status,
    "the text": text,
    "the headers": [...headers].map(([name, value]) => [name, name === "set-cookie" ? "" : value].join()),
    "the calls of the engine": gate.calls.slice(calls).map(({ operation }) => operation),
    "the passwords that were hashed": vi.mocked(verify).mock.calls.slice(hashes).map(costOf),
  };
}

/** What verifying costs: algorithm, memory and passes, and how long the texts are that go in. */
function costOf([hash, password]: Parameters<typeof verify>): string {
  const [, algorithm, , parameters] = String(hash).split("$");
  return [algorithm, parameters, String(hash).length, password.length].join(" ");
}

/** Whether there is a difference between somebody who has an account and somebody who has none. */
async function compared(
  gate: AttackedGate,
  password: string,
  look: (observation: Observation) => unknown,
): Promise<Outcome> {
  const [known, unknown] = [
    await observe(gate, demo.username, password),
    await observe(gate, "nobod", password),
  ];
  const gained = [known, unknown].map((observation) => JSON.stringify(look(observation)));
  return { succeeded: gained[0] !== gained[1], gained };
}

/** The right password works, and is one hash too. */
async function honest(gate: AttackedGate): Promise<boolean> {
  const right = await observe(gate, demo.username, demo.password);
  const wrong = await observe(gate, demo.username, "not the right one 1");
  const hashes = [right, wrong].map(
    (observation) => observation["the passwords that were hashed"] as string[],
  );
  return (
    right["the status"] === 200 && wrong["the status"] === 401 && hashes.every(({ length }) => length === 1)
  );
}

for (const dimension of dimensions) {
  attack(`tell from ${dimension} whether somebody has an account`, {
    surface: "trpc",
    ...gates,
    honest,
    run: (gate) => compared(gate, "not the right one 1", (observation) => observation[dimension]),
  });
}

/** Passwords for which one of the two might be spared the work. */
const passwords: [title: string, password: string][] = [
  ["as long as is allowed", "x".repeat(1_024)],
  ["of more bytes than are hashed", "é".repeat(1_024)],
  ["too short to be anybody's", "x"],
  ["of blanks", " ".repeat(12)],
  ["of characters that are composed", "pass\u0301word\u0301"],
];

for (const [title, password] of passwords) {
  attack(`tell from anything, with a password ${title}`, {
    surface: "trpc",
    ...gates,
    honest,
    run: (gate) => compared(gate, password, (observation) => observation),
  });
}

/** Other spellings of the name that exists, and names that are nobody's. */
const names = [
  "alice ",
  "ALICE",
  "alice\u200b",
  "alice@gate.example",
  "%61lice",
  "alice'--",
  "a".repeat(100),
];

attack("tell from the number of tries that are left", {
  surface: "trpc",
  naive: openHelpfulGate,
  ours: (): Promise<AttackedGate> =>
    openGate({ overrides: { attempts: createAttemptLimit({ perUsername: 3, perAddress: 1_000 }) } }),
  honest,
  async run(gate) {
    const tries = async (username: string) => {
      const statuses: unknown[] = [];
      for (let tried = 0; tried < 5; tried++)
        statuses.push((await observe(gate, username, "no"))["the status"]);
      return statuses.join();
    };
    const gained = [await tries(demo.username), await tries("nobod")];
    return { succeeded: gained[0] !== gained[1], gained };
  },
});

attack("find out in a list of names which one is somebody's", {
  surface: "trpc",
  ...gates,
  honest,
  async run(gate) {
    const seen = new Set<string>();
    for (const username of [demo.username, ...names]) {
      seen.add(JSON.stringify(await observe(gate, username, "not the right one 1")));
    }
    return { succeeded: seen.size > 1, gained: [...seen] };
  },
});

attack("tell from an error of the token endpoint", {
  surface: "oauth",
  naive: () => openEndpoint(createHelpfulTokenEndpoint),
  ours: () => openEndpoint(createTokenEndpoint),
  async run(target) {
    const observed: string[] = [];
    for (const username of [demo.username, "nobod"]) {
      const before = target.calls.length;
      const reply = await askForToken(target, passwordGrant({ username, password: "not the right one 1" }));
      observed.push(JSON.stringify([reply, target.calls.slice(before).map(({ operation }) => operation)]));
    }
    return { succeeded: observed[0] !== observed[1], gained: observed };
  },
  honest: async (target) => (await askForToken(target, passwordGrant(demo))).access_token !== undefined,
});

async function openEndpoint(create: typeof createTokenEndpoint) {
  const gate = await openGate({ env: { TICKETGATE_PASSWORD_GRANT_CLIENTS: backend.id } });
  return { ...gate, token: create(gate.services) };
}
