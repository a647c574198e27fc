import { Console } from "node:console";
import { randomBytes } from "node:crypto";
import { PassThrough } from "node:stream";
import { fetch } from "undici";
import { createLog } from "../../src/server/log.ts";
import { routeConsole } from "../../src/server/route-console.ts";
import { demo, openGate } from "../support/gate.ts";
import { createLeakScanner } from "../support/leak-scanner.ts";
import { type AttackedGate, openNaiveGate } from "../support/naive/gate.ts";
import { createNaiveLog } from "../support/naive/log.ts";
import { attack, type Outcome } from "./attack.ts";
import { issueJwts } from "./engine-settings.ts";
import { listenForSecrets } from "./minted.ts";
import { signedInAs } from "./people.ts";

const gates = {
  naive: (): Promise<AttackedGate> => openNaiveGate(),
  ours: (): Promise<AttackedGate> => openGate(),
};

/** Ours but for its log. */
const logs = {
  async naive(): Promise<AttackedGate> {
    const lines: string[] = [];
    const gate = await openGate({ overrides: { log: createNaiveLog((line) => lines.push(line)) } });
    return { ...gate, lines };
  },
  ours: gates.ours,
};

const WRONG_PASSWORD = "a wrong password of alice";

/** Everything that can happen to a browser and a back end, good and bad; gives what was secret in it beside the engine's. */
async function visitEverything(gate: AttackedGate): Promise<string[]> {
  const browser = gate.browser();
  await browser.login(demo.username, WRONG_PASSWORD);
  const { data } = await browser.login();
  const { handle = "", subject = "" } = data ?? {};
  const bindings = [...browser.cookies.values()];
  await gate.browser().call("token.issue", { ticket: handle, subject });
  await browser.call("token.issue", { ticket: handle, subject, accessToken: handle });
  await browser.call("token.issue", { ticket: handle, subject: [handle], [handle]: 1 });
  await browser.call(handle, {});
  await browser.call("token.issue", { ticket: handle, subject });
  await browser.call("token.issue", { ticket: handle, subject });
  const sessions = [...browser.cookies.values()];
  await browser.call("session.signOut", undefined, { headers: { origin: null } });
  await browser.signOut();
  const backend = await gate.backend();
  await backend.call("token.issue", { ticket: await backend.ticket(), subject: "usr_1" });
  await backend.call("token.introspect", { token: backend.token });
  await backend.call(
    "token.introspect",
    { token: backend.token },
    { headers: { authorization: `Bearer ${handle}` } },
  );
  return [handle, ...bindings, ...sessions, backend.token, demo.password, WRONG_PASSWORD];
}

async function searched(gate: AttackedGate): Promise<Outcome> {
  const secrets = listenForSecrets(gate);
  const others = await visitEverything(gate);
  if (secrets.size < 6 || gate.lines.length < 8) throw new Error("too little has happened");
  const scanner = createLeakScanner();
  for (const secret of [...secrets, ...others]) scanner.remember("secret", secret);
  const gained = scanner.scan("log", gate.lines.join("\n"));
  return { succeeded: gained.length > 0, gained };
}

/** The log still says what an administrator has to know: who, what, and what went wrong in which call. */
async function honest(gate: AttackedGate): Promise<boolean> {
  const browser = gate.browser();
  await browser.signIn();
  const subject = await gate.subject();
  gate.intercept(() => Promise.reject(new Error("the disk is full")));
  const { error } = await browser.login();
  const events = gate.lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  const failed = events.find(({ correlationId }) => correlationId === error?.correlationId);
  return (
    (await signedInAs(browser)) === subject &&
    events.some((event) => event.event === "audit.token_issued" && event.subject === subject) &&
    JSON.stringify(failed).includes("the disk is full")
  );
}

attack("read a secret of a visit in the log, written at its most talkative", {
  surface: "log",
  ...gates,
  honest,
  run: searched,
});

attack("read a secret of a visit in the log, where tokens are signed", {
  surface: "log",
  ...gates,
  honest,
  async run(gate) {
    await issueJwts(gate);
    return searched(gate);
  },
});

const TOKEN = randomBytes(32).toString("base64url");
const JWT = ["eyJhbGciOiJFUzI1NiJ9", "eyJzdWIiOiJ1c3JfMSJ9", randomBytes(64).toString("base64url")].join(".");

/** What a library, the engine or we ourselves may throw in the middle of a call. */
const thrown: [title: string, error: () => unknown, secret: string][] = [
  ["in its message", () => new Error(`request failed: Bearer ${TOKEN}`), TOKEN],
  ["in its cause", () => new Error("no", { cause: new Error(`token ${TOKEN} is locked`) }), TOKEN],
  ["in a cause that is a text", () => new Error("no", { cause: `token ${TOKEN} is locked` }), TOKEN],
  ["in a cause that is an object", () => new Error("no", { cause: { body: `{"t":"${TOKEN}"}` } }), TOKEN],
  ["in its stack alone", () => Object.assign(new Error("no"), { stack: `Error: no\n at ${TOKEN}` }), TOKEN],
  ["in its name", () => Object.assign(new Error("no"), { name: TOKEN }), TOKEN],
  ["as the text that is thrown", () => `not good: ${TOKEN}`, TOKEN],
  [
    "in an answer that it quotes",
    () => new SyntaxError(`Unexpected token in {"access_token":"short-one"}`),
    "short-one",
  ],
  ["in a form that it quotes", () => new Error("POST grant_type=password&password=hunter2+x"), "hunter2"],
  [
    "in a header that it quotes",
    () => new Error(`authorization: Basic ${btoa("1001:secret words")}`),
    btoa("1001:secret words"),
  ],
  ["as a JWT", () => new Error(`signature of ${JWT} is wrong`), JWT.slice(0, 40)],
];

for (const [title, error, secret] of thrown) {
  attack(`read a secret that an error holds ${title}`, {
    surface: "log",
    ...logs,
    honest,
    async run(gate) {
      gate.intercept(() => Promise.reject(error()));
      const { error: told } = await gate.browser().login();
      if (!gate.lines.join().includes(told?.correlationId ?? "-")) throw new Error("nothing was logged");
      return { succeeded: gate.lines.join("\n").includes(secret), gained: gate.lines };
    },
  });
}

attack("read the engine's credential in an error of the HTTP client that quotes it", {
  surface: "log",
  ...logs,
  honest,
  async run(gate) {
    const headers = { authorization: `Bearer ${TOKEN}\n` };
    gate.intercept(() =>
      fetch("http://127.0.0.1:1", { headers: { ...headers, "x-copy": `${TOKEN}\u0000` } }),
    );
    await gate.browser().login();
    return { succeeded: gate.lines.join("\n").includes(TOKEN), gained: gate.lines };
  },
});

/** What an attacker types as a user name. */
const forgeries: [title: string, username: string][] = [
  ["a line break", 'eve\n{"level":"info","event":"audit.token_issued","subject":"admin"}'],
  ["a carriage return, which hides what was before it", "eve\r                                   "],
  ["a line break of Unicode", "eve\u2028forged"],
  ["a line break of C1", "eve\u0085forged"],
  ["a command for a terminal", "eve\u001b[2J"],
  ["a command for a terminal in one character", "eve\u009b2J"],
  ["characters that turn the direction of text", "eve\u202eecila"],
];

const STEERS = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;

for (const [title, username] of forgeries) {
  attack(`forge what is read in the log with a user name: ${title}`, {
    surface: "log",
    ...logs,
    honest,
    async run(gate) {
      await gate.browser().login(username, "a password");
      const written = gate.lines.filter((line) => line.includes("eve"));
      if (written.length === 0) throw new Error("nothing was logged");
      return { succeeded: written.some((line) => STEERS.test(line)), gained: written };
    },
  });
}

/** The console of the process, where Next says what it could not answer, and all that comes of it. */
type Told = { console: Console; written: () => string };

const consoles = {
  naive: (): Told => {
    const written: string[] = [];
    const stream = new PassThrough().on("data", (part) => written.push(String(part)));
    return { console: new Console(stream, stream), written: () => written.join("") };
  },
  ours: (): Told => {
    const { console, written } = consoles.naive();
    const lines: string[] = [];
    const log = createLog({ level: "debug", clock: () => 0, write: (line) => lines.push(line) });
    routeConsole(console, log);
    return { console, written: () => `${lines.join("\n")}${written()}` };
  },
};

/** The error of a decoder that is given what an attacker sent. */
function decodingError(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    return error;
  }
}

const bodies: [title: string, body: string][] = [
  ["a command for a terminal", "\u001b[31mX-FORGED"],
  ["a line break", 'X\n{"FORGED"'],
  ["a line break and the beginning of a stack", "\n    at FORGED"],
  ["the middle of a secret", "s3cr-FORGED"],
];

for (const [title, body] of bodies) {
  for (const [way, say] of [
    ["as it is", (told: Console, error: unknown) => told.error("⨯", error)],
    ["as a cause", (told: Console, error: unknown) => told.error(new Error("no", { cause: error }))],
    ["as a text", (told: Console, error: unknown) => told.warn(String(error))],
  ] as const) {
    attack(`forge or read in the log with a body that is no JSON, whose error Next writes ${way}: ${title}`, {
      surface: "log",
      ...consoles,
      async honest({ console, written }) {
        say(console, new Error("the disk is full"));
        return written().includes("the disk is full") && !STEERS.test(written());
      },
      async run({ console, written }) {
        say(console, decodingError(body));
        const gained = written();
        if (gained === "") throw new Error("nothing was written");
        return { succeeded: gained.includes("FORGED") || STEERS.test(gained), gained };
      },
    });
  }
}
