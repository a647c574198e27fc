import type { TokenIssueResponse } from "../authlete/messages/token-issue.ts";
import type { Secret } from "../secret/secret.ts";
import type { ClaimedTicket } from "../session/transaction.ts";
import { askingEngine } from "./engine-failure.ts";
import { TicketgateError } from "./error.ts";
import type { FlowPorts } from "./ports.ts";
import type { CheckedExtras } from "./token-policy.ts";

/** Tokens as the engine issued them. */
export type IssuedTokens = Extract<TokenIssueResponse, { action: "OK" }>;

/** What is issued to whom. */
export type Grant = { subject: string; extras: CheckedExtras };

/** The codes by which the engine says that a ticket is unknown, spent, expired or lost in a race. */
const TICKET_CODES = new Set(["A055201", "A055202", "A055203", "A055301", "A061301"]);

/**
 * Sends a claimed ticket to the engine, once. Whatever comes back ends the transaction; when nothing comes back the outcome is unknown,
 * and final too.
 *
 * @throws TicketgateError TICKET_INVALID or ENGINE_UNAVAILABLE.
 */
export async function issueClaimed(
  ports: FlowPorts,
  claimed: ClaimedTicket,
  grant: Grant,
): Promise<IssuedTokens> {
  try {
    const issued = await sendTicket(ports, claimed.ticket, grant);
    ports.transactions.settle(claimed.transaction, "done");
    return issued;
  } catch (error) {
    ports.transactions.settle(claimed.transaction, "failed");
    throw error;
  }
}

/** `auth/token/issue` for one ticket; every answer but OK is an error of the catalogue. */
export async function sendTicket(
  ports: FlowPorts,
  ticket: Secret,
  { subject, extras }: Grant,
): Promise<IssuedTokens> {
  const answer = await askingEngine(() =>
    ports.authlete["auth/token/issue"]({ ticket: ticket.reveal(), subject, ...extras }),
  );
  switch (answer.action) {
    case "OK":
      return answer;
    case "INTERNAL_SERVER_ERROR":
    case "UNKNOWN_ACTION": {
      const code = TICKET_CODES.has(answer.resultCode ?? "") ? "TICKET_INVALID" : "ENGINE_UNAVAILABLE";
      throw new TicketgateError(code, { detail: `auth/token/issue: ${answer.action} ${answer.resultCode}` });
    }
  }
}

/** Notes an issued token in the audit trail. */
export function auditIssued(
  { log }: FlowPorts,
  actor: string,
  { subject, clientId, scopes }: IssuedTokens,
): void {
  log.info("audit.token_issued", { actor, subject, clientId, scopes });
}
