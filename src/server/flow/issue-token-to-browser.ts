import { equalSecrets, hashOf } from "../secret/hash.ts";
import { Secret } from "../secret/secret.ts";
import { createSession, endSession, type NewSession, type SessionTokens } from "../session/session.ts";
import { type ClaimedTicket, claimTicket } from "../session/transaction.ts";
import { type TripStep, WITHHELD, writeTrip } from "../session/trip.ts";
import { TicketgateError } from "./error.ts";
import { auditIssued, type IssuedTokens, issueClaimed } from "./issue-claimed.ts";
import type { FlowPorts } from "./ports.ts";
import { sessionPorts, transactionPorts } from "./session-ports.ts";
import { revokeTokens, signOut } from "./sign-out.ts";
import { spendTicket } from "./spend-ticket.ts";
import { hasStaleCredentials } from "./stale-credentials.ts";
import { noExtras } from "./token-policy.ts";

/** What a browser may know about its tokens. */
export type BrowserGrant = {
  action: "OK";
  subject: string;
  clientId: string;
  scopes: string[];
  /** End of the access token. */
  expiresAt: Date;
};

/** A browser's request: the handle, the value of the transaction's cookie, and the session cookie it had before. */
export type BrowserRequest = {
  handle: string;
  subject: string;
  binding: string | undefined;
  previousSession: string | undefined;
};

/**
 * Finishes the sign-in of a browser: the tokens go into a new session, the browser learns only that they are there.
 *
 * @returns what the browser may know, and the value of its new session cookie.
 * @throws TicketgateError TICKET_INVALID for a handle that is unknown, used, expired or another browser's: one text and one look-up
 *   for all of them; SUBJECT_MISMATCH, after which the sign-in has failed at the engine too; ENGINE_UNAVAILABLE.
 */
export async function issueTokenToBrowser(
  ports: FlowPorts,
  request: BrowserRequest,
): Promise<{ grant: BrowserGrant; sessionId: string }> {
  const ownerHash = hashOf(request.binding ?? "");
  const claim = { key: request.handle, ownerHash, from: "authenticated" } as const;
  const claimed = await claimTicket(transactionPorts(ports), claim);
  if (!claimed) throw new TicketgateError("TICKET_INVALID");
  const subject = await requireOwnSubject(ports, claimed, request.subject);
  const begin = ports.clock();
  const issued = await issueClaimed(ports, claimed, { subject, extras: noExtras });
  const { clientId } = claimed.transaction;
  const expiresAt = issued.accessTokenExpiresAt ?? begin;
  const scopes = issued.scopes ?? [];
  const trip = writeTrip([
    ...claimed.trip,
    ...issueSteps(issued, { clientId, durationMs: ports.clock() - begin }),
  ]);
  const tokens = {
    accessToken: new Secret(issued.jwtAccessToken ?? issued.accessToken),
    refreshToken: issued.refreshToken === undefined ? undefined : new Secret(issued.refreshToken),
  };
  const { methods } = claimed.transaction;
  const session = { subject, clientId, scopes, accessTokenExpiresAt: expiresAt, tokens, trip, methods };
  const sessionId = await keepOrRevoke(ports, session);
  await refuseStaleCredentials(ports, claimed, { sessionId, tokens });
  await replaceSession(ports, request.previousSession, { sessionId, tokens, subject });
  auditIssued(ports, "browser", issued);
  return { grant: { action: "OK", subject, clientId, scopes, expiresAt: new Date(expiresAt) }, sessionId };
}

/** Tokens that no session keeps would be nobody's, and good. */
async function keepOrRevoke(ports: FlowPorts, session: NewSession): Promise<string> {
  try {
    return await createSession(sessionPorts(ports), session);
  } catch (error) {
    await revokeTokens(ports, session.tokens);
    throw error;
  }
}

async function refuseStaleCredentials(
  ports: FlowPorts,
  { transaction }: ClaimedTicket,
  { sessionId, tokens }: { sessionId: string; tokens: SessionTokens },
): Promise<void> {
  if (!(await hasStaleCredentials(ports, transaction))) return;
  await endSession(sessionPorts(ports), sessionId);
  await revokeTokens(ports, tokens);
  ports.log.warn("audit.stale_credentials", { subject: transaction.subject });
  throw new TicketgateError("TICKET_INVALID");
}

/** When the session before cannot be ended the sign-in has failed: the browser never learns of its new session, so nothing of it may stay. */
async function replaceSession(
  ports: FlowPorts,
  previousSession: string | undefined,
  { sessionId, tokens, subject }: { sessionId: string; tokens: SessionTokens; subject: string },
): Promise<void> {
  try {
    await keepClients(ports, previousSession, { sessionId, subject });
    await signOut(ports, previousSession);
  } catch (error) {
    await revokeTokens(ports, tokens);
    await endSession(sessionPorts(ports), sessionId).catch((failure: unknown) =>
      ports.log.error("sign_in.session_not_ended", { error: failure }),
    );
    throw error;
  }
}

/** For the clients of a person who signs in again nothing ends. */
async function keepClients(
  { sessionClients, clock, settings }: FlowPorts,
  previousSession: string | undefined,
  { sessionId, subject }: { sessionId: string; subject: string },
): Promise<void> {
  if (previousSession === undefined) return;
  const expiresAt = clock() + settings.session.absoluteMs;
  await sessionClients.carryOver({
    from: hashOf(previousSession),
    to: hashOf(sessionId),
    subject,
    expiresAt,
  });
}

/** Threat T1: the subject is the one that this transaction authenticated, whatever the caller says. */
async function requireOwnSubject(ports: FlowPorts, claimed: ClaimedTicket, asked: string): Promise<string> {
  const { subject } = claimed.transaction;
  if (subject !== undefined && equalSecrets(subject, asked)) return subject;
  ports.transactions.settle(claimed.transaction, "failed");
  await spendTicket(ports, claimed.ticket, "UNKNOWN");
  ports.log.warn("audit.subject_mismatch", {
    authenticated: subject,
    clientId: claimed.transaction.clientId,
  });
  throw new TicketgateError("SUBJECT_MISMATCH");
}

function issueSteps(
  issued: IssuedTokens,
  { clientId, durationMs }: { clientId: string; durationMs: number },
): TripStep[] {
  const withheld = (name: string) => ({ name, value: WITHHELD });
  return [
    {
      from: "browser",
      to: "trpc",
      title: "token.issue",
      detail: [withheld("ticket (a handle)"), { name: "subject", value: issued.subject ?? "" }],
      durationMs: 0,
    },
    {
      from: "trpc",
      to: "engine",
      title: "POST auth/token/issue",
      detail: [withheld("ticket"), { name: "subject", value: issued.subject ?? "" }],
      durationMs,
    },
    {
      from: "engine",
      to: "trpc",
      title: "OK",
      detail: [
        withheld("accessToken"),
        ...(issued.refreshToken === undefined ? [] : [withheld("refreshToken")]),
        { name: "scopes", value: (issued.scopes ?? []).join(" ") },
      ],
      durationMs: 0,
      ...(issued.resultCode === undefined ? {} : { resultCode: issued.resultCode }),
    },
    {
      from: "trpc",
      to: "browser",
      title: "Signed in",
      detail: [{ name: "clientId", value: clientId }, withheld("session cookie")],
      durationMs: 0,
    },
  ];
}
