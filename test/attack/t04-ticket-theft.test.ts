import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pageHeaders } from "../../src/server/http/page-headers.ts";
import { ORIGIN, openGate, type Reply } from "../support/gate.ts";
import { type AttackedGate, openNaiveGate } from "../support/naive/gate.ts";
import { naivePageHeaders } from "../support/naive/page-headers.ts";
import { attack, type Outcome } from "./attack.ts";
import { gates } from "./gates.ts";
import { begin, signedInAs, victimOf } from "./people.ts";

/** One sign-in, with a wrong password before it; gives all that the browser got and kept. */
async function signInObserved(gate: AttackedGate): Promise<string> {
  const browser = gate.browser();
  const seen: string[] = [];
  const note = ({ text, headers }: Reply) => seen.push(text, JSON.stringify([...headers]));
  note(await browser.login("alice", "a wrong password"));
  const begun = await browser.login();
  note(begun);
  const { handle, subject } = begun.data ?? { handle: "", subject: "" };
  seen.push(JSON.stringify([...browser.cookies]));
  note(await browser.call("token.issue", { ticket: handle, subject }));
  note(await browser.call("token.issue", { ticket: handle, subject }));
  note(await browser.current());
  return [...seen, JSON.stringify([...browser.cookies])].join("\n");
}

/** Whether a ticket of the engine, of the sign-in that worked or of the one that failed, stands in a text. */
function outcomeOf(gate: AttackedGate, text: string): Outcome {
  const calls = [...gate.callsOf("auth/token/issue"), ...gate.callsOf("auth/token/fail")];
  const tickets = new Set(calls.map(({ request }) => String(request.ticket)));
  if (tickets.size === 0) throw new Error("no ticket was used");
  const gained = [...tickets].filter((ticket) => text.includes(ticket));
  return { succeeded: gained.length > 0, gained };
}

async function honest(gate: AttackedGate): Promise<boolean> {
  const browser = gate.browser();
  await browser.signIn();
  return (await signedInAs(browser)) === (await gate.subject());
}

attack("read the ticket in what a browser gets: bodies, headers, cookies", {
  surface: "trpc",
  ...gates,
  honest,
  run: async (gate) => outcomeOf(gate, await signInObserved(gate)),
});

attack("read the ticket, or the handle for it, in the log", {
  surface: "log",
  ...gates,
  honest,
  async run(gate) {
    const browser = gate.browser();
    const { handle, subject } = await begin(browser, await victimOf(gate));
    await browser.call("token.issue", { ticket: handle, subject, nonsense: handle });
    await browser.call("token.issue", { ticket: handle, subject });
    const text = gate.lines.join("\n");
    if (text === "") throw new Error("nothing was logged");
    const { succeeded, gained } = outcomeOf(gate, text);
    return { succeeded: succeeded || text.includes(handle), gained };
  },
});

attack("read the ticket, or the handle for it, in a copy of the database", {
  surface: "session",
  naive: (): Promise<StoredGate> => openNaiveGate(),
  ours: openOnDisk,
  honest,
  async run(gate) {
    const browser = gate.browser();
    const begun = await begin(browser, await victimOf(gate));
    const before = await gate.stored();
    await browser.call("token.issue", { ticket: begun.handle, subject: begun.subject });
    const text = before + (await gate.stored());
    const { succeeded, gained } = outcomeOf(gate, text);
    return { succeeded: succeeded || text.includes(begun.handle), gained };
  },
});

/** A gate whose database can be looked into. */
type StoredGate = AttackedGate & { stored(): string | Promise<string> };

async function openOnDisk(): Promise<StoredGate> {
  const directory = await mkdtemp(join(tmpdir(), "ticketgate-attack-"));
  const gate = await openGate({ overrides: { database: join(directory, "ticketgate.sqlite") } });
  return {
    ...gate,
    async stored() {
      const names = await readdir(directory);
      const files = await Promise.all(names.map((name) => readFile(join(directory, name), "latin1")));
      const text = files.join("");
      if (!text.includes(await gate.subject())) throw new Error("this is not the whole database");
      return text;
    },
    async close() {
      await gate.close();
      await rm(directory, { recursive: true });
    },
  };
}

type Headers = Record<string, string>;

attack("read the address of a page of the flow in the Referer of a link that leads away from it", {
  surface: "page",
  naive: (): Headers => naivePageHeaders(),
  ours: (): Headers => pageHeaders(ORIGIN),
  async run(headers) {
    const gained = refererOf(headers["referrer-policy"], `${ORIGIN}/login?next=/a`, "https://evil.example");
    return { succeeded: gained !== undefined, gained };
  },
  honest: async (headers) =>
    refererOf(headers["referrer-policy"], `${ORIGIN}/login`, ORIGIN) === `${ORIGIN}/login`,
});

/** What a browser sends, from https to https. */
function refererOf(policy: string | undefined, from: string, to: string): string | undefined {
  const { origin } = new URL(from);
  const isOwn = origin === new URL(to).origin;
  switch (policy) {
    case "no-referrer":
      return undefined;
    case "same-origin":
      return isOwn ? from : undefined;
    case "no-referrer-when-downgrade":
    case "unsafe-url":
      return from;
    default:
      return isOwn ? from : origin;
  }
}
