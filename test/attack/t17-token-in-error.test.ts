import { TRPCError } from "@trpc/server";
import { z } from "zod";
import { EngineRefusedCall, EngineUnavailable } from "../../src/server/authlete/error.ts";
import { TicketgateError } from "../../src/server/flow/error.ts";
import type { Endpoint } from "../../src/server/http/endpoint.ts";
import { createTokenEndpoint } from "../../src/server/http/token.ts";
import type { Services } from "../../src/server/services.ts";
import { backend, createBrowser, demo, openGate } from "../support/gate.ts";
import { type AttackedGate, openNaiveGate } from "../support/naive/gate.ts";
import { repeatingEndpoint, tellingEndpoint } from "../support/naive/telling-endpoint.ts";
import { createNaiveTokenEndpoint } from "../support/naive/token-endpoint.ts";
import { attack, type Outcome } from "./attack.ts";
import { begin, signedInAs, victimOf } from "./people.ts";
import { type AttackedTokenEndpoint, askForToken, passwordGrant } from "./token-endpoint.ts";

const TOKEN = "Vd4kq0Xy7Qm2Jr9ZpT1sLw8NcB5hGfA3eKuRiOoYx6E";

const targets = {
  naive: (): Promise<AttackedGate> => openNaiveGate({ tellsErrors: true }),
  ours: (): Promise<AttackedGate> => openGate(),
};

const holding = new Error(`request failed: Bearer ${TOKEN}`);

/** What can be thrown in the middle of a call, and what the caller has to be told. */
const thrown: [title: string, code: string, error: () => unknown][] = [
  ["in its message", "INTERNAL_ERROR", () => holding],
  ["in its cause", "INTERNAL_ERROR", () => new Error("no", { cause: holding })],
  [
    "three causes deep",
    "INTERNAL_ERROR",
    () => new Error("a", { cause: new Error("b", { cause: new Error("c", { cause: holding }) }) }),
  ],
  ["among several errors", "INTERNAL_ERROR", () => new AggregateError([new Error("a"), holding], "both")],
  ["as a text", "INTERNAL_ERROR", () => `Bearer ${TOKEN}`],
  [
    "in a plain object",
    "INTERNAL_ERROR",
    () => ({ code: "BAD_REQUEST", text: TOKEN, fields: { a: [TOKEN] } }),
  ],
  [
    "in its own members",
    "INTERNAL_ERROR",
    () => Object.assign(new Error("no"), { data: { text: TOKEN }, shape: TOKEN, fields: { a: [TOKEN] } }),
  ],
  ["in its name", "INTERNAL_ERROR", () => Object.assign(new Error("no"), { name: TOKEN })],
  [
    "in a TRPCError of a server fault",
    "INTERNAL_ERROR",
    () => new TRPCError({ code: "INTERNAL_SERVER_ERROR", message: TOKEN, cause: holding }),
  ],
  [
    "in a TRPCError that is the caller's fault",
    "BAD_REQUEST",
    () => new TRPCError({ code: "BAD_REQUEST", message: TOKEN }),
  ],
  [
    "in a TRPCError with a code that we do not use",
    "INTERNAL_ERROR",
    () => new TRPCError({ code: "CONFLICT", message: TOKEN }),
  ],
  ["in a ZodError of an answer", "INTERNAL_ERROR", () => zodErrorOf(`expected less than ${TOKEN}`)],
  [
    "in the detail and cause of our own error",
    "ENGINE_UNAVAILABLE",
    () => new TicketgateError("ENGINE_UNAVAILABLE", { detail: TOKEN, cause: holding }),
  ],
  [
    "in an error of the engine's client",
    "ENGINE_UNAVAILABLE",
    () => new EngineUnavailable(TOKEN, TOKEN, { outcomeUnknown: true, cause: holding }),
  ],
  ["in a code of the engine", "ENGINE_UNAVAILABLE", () => new EngineRefusedCall("auth/token", 400, TOKEN)],
];

/** A token that an error holds does not go to who caused the error; `code` does. */
async function failWith(gate: AttackedGate, fail: () => unknown): Promise<Outcome> {
  const browser = gate.browser();
  const { handle, subject } = await begin(browser, await victimOf(gate));
  gate.intercept(async ({ operation }, send) => (operation === "auth/token/issue" ? fail() : send()));
  const { text, headers, error } = await browser.call("token.issue", { ticket: handle, subject });
  const told = text + JSON.stringify([...headers]);
  return { succeeded: told.includes(TOKEN), gained: told, refusal: error?.code };
}

async function honest(gate: AttackedGate): Promise<boolean> {
  const browser = gate.browser();
  const { handle, subject } = await begin(browser, await victimOf(gate));
  await browser.call("token.issue", { ticket: handle, subject });
  return (await signedInAs(browser)) === subject;
}

for (const [title, code, error] of thrown) {
  attack(`read a token that an error holds ${title}`, {
    surface: "trpc",
    ...targets,
    refusal: code,
    honest,
    run: (gate) => failWith(gate, () => Promise.reject(error())),
  });
}

/** Answers by which the engine says that it failed, with more than the caller may know. */
const answers: [title: string, answer: Record<string, string>][] = [
  ["its message", { action: "INTERNAL_SERVER_ERROR", resultCode: "A000000", resultMessage: `see ${TOKEN}` }],
  ["its content for the client", { action: "INTERNAL_SERVER_ERROR", responseContent: `{"t":"${TOKEN}"}` }],
  ["an action that nobody knows", { action: "UNKNOWN_ACTION", receivedAction: TOKEN, resultCode: TOKEN }],
];

for (const [title, answer] of answers) {
  attack(`read what the engine says of a failure in ${title}`, {
    surface: "trpc",
    ...targets,
    refusal: "ENGINE_UNAVAILABLE",
    honest,
    run: (gate) => failWith(gate, async () => answer),
  });
}

/** Inputs that are wrong, with a password or a ticket at the wrong place, and the field that is named. */
const inputs: [title: string, name: string, input: unknown, field: string][] = [
  [
    "a password as the user name, too long",
    "login.password",
    { username: TOKEN.repeat(3), password: "p" },
    "username",
  ],
  ["a password of another type", "login.password", { username: "alice", password: [TOKEN] }, "password"],
  ["a subject with a token in it", "token.issue", { ticket: "t", subject: `${TOKEN}\n` }, "subject"],
  ["a ticket that is an object", "token.issue", { ticket: { value: TOKEN }, subject: "s" }, "ticket"],
  ["a reason that is a token", "token.fail", { ticket: "t", reason: TOKEN }, "UNAUTHORIZED"],
];

for (const [title, name, input, field] of inputs) {
  attack(`have what was sent repeated to whoever reads the answer: ${title}`, {
    surface: "trpc",
    ...targets,
    naive: openRepeatingGate,
    refusal: field,
    honest,
    async run(gate) {
      const { text, error } = await gate.browser().call(name, input);
      const refusal = error?.fields ? Object.keys(error.fields).join() : error?.code;
      return { succeeded: text.includes(TOKEN), gained: text, refusal };
    },
  });
}

async function openRepeatingGate(): Promise<AttackedGate> {
  const gate = await openNaiveGate();
  const trpc = repeatingEndpoint(gate.trpc);
  return { ...gate, browser: () => createBrowser(gate.services, trpc) };
}

attack("read a token in an error of the token endpoint", {
  surface: "oauth",
  naive: () => openEndpoint((services) => tellingEndpoint(createNaiveTokenEndpoint(services))),
  ours: () => openEndpoint(createTokenEndpoint),
  refusal: { status: 500, error: "server_error" },
  async run(target) {
    target.intercept(({ operation }, send) =>
      operation === "auth/token/issue" ? Promise.reject(new Error("x", { cause: holding })) : send(),
    );
    const reply = await askForToken(target, passwordGrant(demo));
    const told = JSON.stringify(reply);
    const { status, error } = reply;
    return { succeeded: told.includes(TOKEN), gained: told, refusal: { status, error } };
  },
  honest: async (target) => (await askForToken(target, passwordGrant(demo))).access_token !== undefined,
});

async function openEndpoint(
  create: (services: Services) => Endpoint,
): Promise<AttackedTokenEndpoint & Pick<AttackedGate, "intercept">> {
  const gate = await openGate({ env: { TICKETGATE_PASSWORD_GRANT_CLIENTS: backend.id } });
  return { ...gate, token: create(gate.services) };
}

/** The error of a schema that says what it got. */
function zodErrorOf(text: string): unknown {
  return z
    .string()
    .refine(() => false, text)
    .safeParse("").error;
}
