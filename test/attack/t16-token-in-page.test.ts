import { inspect } from "node:util";
import { serialize } from "node:v8";
import { dehydrate, QueryClient } from "@tanstack/react-query";
import { transformTRPCResponse } from "@trpc/server";
import superjson from "superjson";
import { browserAccessToken } from "../../src/server/flow/browser-access-token.ts";
import { sessionPorts } from "../../src/server/flow/session-ports.ts";
import { Secret } from "../../src/server/secret/secret.ts";
import { cookieRules } from "../../src/server/session/cookie.ts";
import { openTokens, readSession } from "../../src/server/session/session.ts";
import { t } from "../../src/server/trpc/init.ts";
import { ORIGIN, openGate } from "../support/gate.ts";
import { createLeakScanner } from "../support/leak-scanner.ts";
import { openNaiveSession } from "../support/naive/session.ts";
import { attack } from "./attack.ts";
import { flightOf, SECRET_MEMBER } from "./flight.ts";
import { bundledWith, filesWithDirective } from "./import-graph.ts";
import { listenForSecrets } from "./minted.ts";
import { subjectOfToken } from "./token-endpoint.ts";

type Opened = Awaited<ReturnType<typeof openGate>>;

/** What code of the server has in its hands while it makes a page, and may pass on by mistake. */
type Held = {
  session: { tokens: object | undefined };
  accessToken: unknown;
  secrets: ReadonlySet<string>;
  gate: Opened;
};

const targets = {
  async naive(): Promise<Held> {
    const gate = await openGate();
    const secrets = listenForSecrets(gate);
    const session = await openNaiveSession(gate.services, await gate.subject());
    return closing({ session, accessToken: session.tokens.accessToken, secrets, gate });
  },
  async ours(): Promise<Held> {
    const gate = await openGate();
    const secrets = listenForSecrets(gate);
    const browser = gate.browser();
    await browser.signIn();
    const id = browser.cookies.get(cookieRules(ORIGIN).session);
    const stored = await readSession(sessionPorts(gate.services), id);
    if (!stored) throw new Error("nobody is signed in");
    const session = { ...stored, tokens: openTokens(gate.services.keyring, stored) };
    const accessToken = await browserAccessToken(gate.services, id, { sleep: async () => {} });
    return closing({ session, accessToken, secrets, gate });
  },
};

const closing = (held: Held) => ({ ...held, close: () => held.gate.close() });

/** The one way out, for the one header that needs it: the engine knows the token. */
async function honest({ accessToken, gate }: Held): Promise<boolean> {
  const token = accessToken instanceof Secret ? accessToken.reveal() : "";
  return (await subjectOfToken(gate, token)) === (await gate.subject());
}

/** Ways on which something gets from the server into a page. */
const ways: [title: string, send: (held: Held) => string][] = [
  ["JSON in a script", ({ session }) => JSON.stringify(session)],
  ["a text that is put together", ({ accessToken }) => `Bearer ${accessToken}`],
  ["an attribute", ({ accessToken }) => String(accessToken)],
  ["a query string", ({ accessToken }) => new URLSearchParams({ t: accessToken as string }).toString()],
  ["superjson", ({ session }) => superjson.stringify(session)],
  [
    "a copy of the session",
    ({ session }) => inspect(structuredClone(session), { depth: 9, showHidden: true }),
  ],
  ["a copy of its members", ({ session }) => JSON.stringify(Object.values({ ...session.tokens }))],
  ["the bytes of a cache", ({ session }) => serialize(session).toString("latin1")],
  ["a debugging aid", ({ session }) => inspect(session, { depth: 9, showHidden: true, showProxy: true })],
  [
    "an answer of tRPC",
    ({ session }) => JSON.stringify(transformTRPCResponse(t._config, { result: { data: session } })),
  ],
  ["the dehydrated cache of queries", ({ session }) => superjson.stringify(dehydrated(session))],
  ["the RSC payload", ({ session }) => flightOf(JSON.parse(JSON.stringify(session, marked)))],
];

function dehydrated(session: unknown): unknown {
  const client = new QueryClient();
  client.setQueryData(["session"], session);
  return dehydrate(client);
}

/** The encoder runs in a process of its own: there a marked member becomes a `Secret` again, with a value of its own. */
function marked(this: Record<string, unknown>, name: string, value: unknown): unknown {
  const given = this[name];
  return given instanceof Secret ? { [SECRET_MEMBER]: given.reveal() } : value;
}

for (const [title, send] of ways) {
  attack(`read a token of the session in ${title}`, {
    surface: "page",
    ...targets,
    honest,
    async run(held) {
      if (held.secrets.size < 4)
        throw new Error("a session has two tokens, from a ticket and a client secret");
      const scanner = createLeakScanner();
      for (const secret of held.secrets) scanner.remember("token", secret);
      const gained = scanner.scan(title, send(held));
      return { succeeded: gained.length > 0, gained };
    },
  });
}

/** Files that a browser runs, and what they must not take along. */
type Scripts = { entries: string[] };

attack("find the code that opens sessions in a script of a page: somebody imported it there", {
  surface: "page",
  naive: (): Scripts => ({ entries: filesWithDirective("test/support/naive", "use client") }),
  ours: (): Scripts => ({ entries: filesWithDirective("src", "use client") }),
  async run({ entries }) {
    if (entries.length === 0) throw new Error("no file is for the browser");
    const gained = [...bundledWith(entries)].filter((file) =>
      /^src\/server\/|^node:|^server-only$/.test(file),
    );
    return { succeeded: gained.length > 0, gained };
  },
  // Pages do get what they need: the typed hooks, whose only server code is types.
  honest: async ({ entries }) => {
    const files = bundledWith(entries);
    return (
      files.has("src/client/hooks/use-sign-in.ts") && files.has("src/app/(interaction)/login/actions.ts")
    );
  },
});
