import type { Attempt } from "../account/attempt-limit.ts";
import type { VerifiedSubject } from "../account/directory.ts";
import { PasswordQueueFullError } from "../account/password.ts";
import { Secret } from "../secret/secret.ts";
import { beginBrowserTransaction } from "../session/transaction.ts";
import { type TripStep, WITHHELD } from "../session/trip.ts";
import { countAttempt } from "./count-attempt.ts";
import { askingEngine } from "./engine-failure.ts";
import { TicketgateError } from "./error.ts";
import type { FlowPorts } from "./ports.ts";
import { needsSecondFactor } from "./second-factor/second-factors.ts";
import { prepareSecondFactor } from "./second-factor/sign-in-step.ts";
import { transactionPorts } from "./session-ports.ts";
import { spendTicket } from "./spend-ticket.ts";

/**
 * The engine has to be given a password, looks at it no more, and sends it back. Ticketgate verifies the password itself, so
 * the engine gets this instead, and no password travels to another company's servers.
 */
const PASSWORD_STAYS_HERE = "verified-by-ticketgate";

/**
 * A sign-in whose password was right. `binding` is for the transaction's cookie, `handle` for the page; `next` says what is left to do. Who it
 * is learns only whoever needs no second factor.
 */
export type PendingSignIn = { handle: string; binding: string } & (
  | { next: "issue"; subject: string }
  | { next: "second-factor" }
);

/** What somebody types, and what the sign-in is for. */
export type Credentials = Attempt & {
  password: string;
  /** Something wants more than a password, whatever the account is set to. */
  secondFactor?: "required" | undefined;
};

/**
 * Begins a sign-in: gets a ticket, verifies the password, and keeps the ticket for who has the right one. With a second factor outstanding
 * the ticket cannot be issued.
 *
 * @throws TicketgateError CREDENTIALS_INVALID for a wrong password and an unknown user alike, with equal work, after the ticket
 *   was failed at the engine; TOO_MANY_REQUESTS after too many tries, or when too many passwords wait to be
 *   verified; ENGINE_UNAVAILABLE.
 */
export async function signIn(
  ports: FlowPorts,
  { username, password, address, secondFactor }: Credentials,
): Promise<PendingSignIn> {
  if ((await countAttempt(ports, { username, address })) > 0) throw new TicketgateError("TOO_MANY_REQUESTS");
  const begin = ports.clock();
  const { ticket, clientId, resultCode } = await requestTicket(ports, username);
  const ticketAt = ports.clock();
  const subject = await verify(ports, ticket, { username, password });
  if (subject === undefined) {
    await spendTicket(ports, ticket, "INVALID_RESOURCE_OWNER_CREDENTIALS");
    ports.log.warn("audit.sign_in_refused", { username, address });
    throw new TicketgateError("CREDENTIALS_INVALID");
  }
  const trip = signInSteps({
    clientId,
    resultCode,
    engineMs: ticketAt - begin,
    verifyMs: ports.clock() - ticketAt,
  });
  const isOutstanding = await needsSecondFactor(ports, subject, secondFactor === "required");
  const state = isOutstanding ? "second-factor" : "authenticated";
  const entry = { ticket: ticket.reveal(), clientId, subject, trip, since: ticketAt, state } as const;
  const { handle, binding } = await beginBrowserTransaction(transactionPorts(ports), entry);
  if (isOutstanding) await prepareSecondFactor(ports, { handle, subject });
  await ports.attempts.clear(username);
  ports.log.info("audit.password_verified", { subject, clientId });
  return isOutstanding
    ? { handle, binding, next: "second-factor" }
    : { handle, binding, subject, next: "issue" };
}

async function requestTicket({ authlete, settings }: FlowPorts, username: string) {
  const { id, secret, scopes } = settings.client;
  const parameters = new URLSearchParams({
    grant_type: "password",
    username,
    password: PASSWORD_STAYS_HERE,
    ...(scopes.length > 0 ? { scope: scopes.join(" ") } : {}),
  });
  const request = { parameters: parameters.toString(), clientId: id, clientSecret: secret };
  const answer = await askingEngine(() => authlete["auth/token"](request));
  if (answer.action !== "PASSWORD") {
    throw new TicketgateError("ENGINE_UNAVAILABLE", {
      detail: `auth/token: ${answer.action} ${answer.resultCode}`,
    });
  }
  return {
    ticket: new Secret(answer.ticket),
    clientId: String(answer.clientId ?? id),
    resultCode: answer.resultCode,
  };
}

/** A directory that fails leaves no ticket behind. */
async function verify(
  ports: FlowPorts,
  ticket: Secret,
  { username, password }: { username: string; password: string },
): Promise<VerifiedSubject | undefined> {
  try {
    return await ports.accounts.verifyPassword(username, password);
  } catch (error) {
    await spendTicket(ports, ticket, "UNKNOWN");
    if (error instanceof PasswordQueueFullError)
      throw new TicketgateError("TOO_MANY_REQUESTS", { cause: error });
    throw error;
  }
}

function signInSteps(measured: {
  clientId: string;
  resultCode: string | undefined;
  engineMs: number;
  verifyMs: number;
}): TripStep[] {
  const withheld = (name: string) => ({ name, value: WITHHELD });
  return [
    {
      from: "browser",
      to: "trpc",
      title: "login.password",
      detail: [withheld("username"), withheld("password")],
      durationMs: 0,
    },
    {
      from: "trpc",
      to: "engine",
      title: "POST auth/token",
      detail: [
        { name: "grant_type", value: "password" },
        { name: "clientId", value: measured.clientId },
      ],
      durationMs: measured.engineMs,
    },
    {
      from: "engine",
      to: "trpc",
      title: "PASSWORD",
      detail: [withheld("ticket")],
      durationMs: 0,
      ...(measured.resultCode === undefined ? {} : { resultCode: measured.resultCode }),
    },
    {
      from: "trpc",
      to: "browser",
      title: "Password verified",
      detail: [withheld("handle")],
      durationMs: measured.verifyMs,
    },
  ];
}
