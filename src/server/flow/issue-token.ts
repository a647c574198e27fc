import { hashOf } from "../secret/hash.ts";
import { Secret } from "../secret/secret.ts";
import type { Transaction } from "../session/records.ts";
import { backendOwner, claimTicket, recordedScopes } from "../session/transaction.ts";
import { refuseSeenAccessToken } from "./access-token-rules.ts";
import type { Caller } from "./caller.ts";
import { type DurationGrant, refuseDurations, requireShorterDurations } from "./duration-rules.ts";
import { TicketgateError } from "./error.ts";
import { auditIssued, type Grant, type IssuedTokens, issueClaimed, sendTicket } from "./issue-claimed.ts";
import type { FlowPorts } from "./ports.ts";
import { transactionPorts } from "./session-ports.ts";
import { refuseClientAsSubject } from "./subject-rules.ts";
import { checkExtras, type TokenExtras } from "./token-policy.ts";

/**
 * Issues tokens for a ticket of a back end or of code in this process, which vouch for the subject. A back end may use the
 * tickets that `token.request` gave to it; code in this process any ticket of the engine.
 *
 * The ticket is claimed by compare-and-set before the engine is asked, so it is sent there at most once.
 *
 * @throws TicketgateError BAD_REQUEST or FORBIDDEN, with the ticket still good; TICKET_INVALID for a ticket that is not this
 *   caller's, or not good any more; ENGINE_UNAVAILABLE, after which the ticket is not good.
 * @see the engine API: auth/token/issue
 */
export async function issueToken(
  ports: FlowPorts,
  caller: Caller,
  request: { ticket: string; subject: string } & TokenExtras,
): Promise<IssuedTokens> {
  const { ticket, subject, ...given } = request;
  const grant = { subject, extras: checkExtras(caller, given) };
  await refuseClientAsSubject(ports, subject);
  const issued =
    caller.kind === "backend"
      ? await issueToBackend(ports, backendOwner(caller.clientId), { ticket, grant })
      : await issueToServer(ports, { ticket, grant });
  auditIssued(ports, caller.kind === "backend" ? backendOwner(caller.clientId) : "server", issued);
  return issued;
}

type Issue = { ticket: string; grant: Grant };

async function issueToBackend(
  ports: FlowPorts,
  owner: string,
  { ticket, grant }: Issue,
): Promise<IssuedTokens> {
  const ownerHash = hashOf(owner);
  if (hasDurations(grant)) {
    const transaction = await ports.transactions.find(hashOf(ticket));
    if (transaction?.ownerHash !== ownerHash) throw new TicketgateError("TICKET_INVALID");
    await requireShorterDurations(ports, grantOf(ports, transaction), grant.extras);
  }
  await refuseSeenAccessToken(ports, grant.extras.accessToken);
  return claimAndIssue(ports, ownerHash, { ticket, grant });
}

/** A ticket that nobody recorded came straight from the engine into this process: the engine alone guards its single use. */
async function issueToServer(ports: FlowPorts, { ticket, grant }: Issue): Promise<IssuedTokens> {
  const transaction = await ports.transactions.find(hashOf(ticket));
  if (transaction) await requireShorterDurations(ports, grantOf(ports, transaction), grant.extras);
  else refuseDurations(grant.extras);
  await refuseSeenAccessToken(ports, grant.extras.accessToken);
  if (!transaction) return sendTicket(ports, new Secret(ticket), grant);
  return claimAndIssue(ports, transaction.ownerHash, { ticket, grant });
}

async function claimAndIssue(
  ports: FlowPorts,
  ownerHash: string,
  { ticket, grant }: Issue,
): Promise<IssuedTokens> {
  const claimed = await claimTicket(transactionPorts(ports), { key: ticket, ownerHash, from: "pending" });
  if (!claimed) throw new TicketgateError("TICKET_INVALID");
  return issueClaimed(ports, claimed, grant);
}

function grantOf(ports: FlowPorts, transaction: Transaction): DurationGrant {
  return { clientId: transaction.clientId, scopes: recordedScopes(ports, transaction) };
}

function hasDurations({ extras }: Grant): boolean {
  return extras.accessTokenDuration !== undefined || extras.refreshTokenDuration !== undefined;
}
