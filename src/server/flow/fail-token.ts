import type { TokenFailReason, TokenFailResponse } from "../authlete/messages/token-fail.ts";
import { hashOf } from "../secret/hash.ts";
import { Secret } from "../secret/secret.ts";
import { backendOwner, claimTicket } from "../session/transaction.ts";
import type { Caller } from "./caller.ts";
import { askingEngine } from "./engine-failure.ts";
import { TicketgateError } from "./error.ts";
import type { FlowPorts } from "./ports.ts";
import { transactionPorts } from "./session-ports.ts";

/** The error for the client application, as the engine made it. */
export type FailedToken = Extract<TokenFailResponse, { action: "BAD_REQUEST" }>;

const TICKET_CODES = new Set(["A063201", "A063202", "A063203", "A063301"]);

/**
 * `auth/token/fail` for a ticket of a back end or of code in this process: spends it without tokens.
 *
 * @throws TicketgateError TICKET_INVALID for a ticket that is not this caller's or not good any more; ENGINE_UNAVAILABLE.
 */
export async function failToken(
  ports: FlowPorts,
  caller: Caller,
  { ticket, reason }: { ticket: string; reason: TokenFailReason },
): Promise<FailedToken> {
  const known = caller.kind === "server" ? await ports.transactions.find(hashOf(ticket)) : undefined;
  if (caller.kind === "server" && !known) return sendFailure(ports, new Secret(ticket), reason);
  const ownerHash =
    caller.kind === "backend" ? hashOf(backendOwner(caller.clientId)) : (known?.ownerHash ?? "");
  const claimed = await claimTicket(transactionPorts(ports), { key: ticket, ownerHash, from: "pending" });
  if (!claimed) throw new TicketgateError("TICKET_INVALID");
  try {
    return await sendFailure(ports, claimed.ticket, reason);
  } finally {
    ports.transactions.settle(claimed.transaction, "failed");
  }
}

async function sendFailure(ports: FlowPorts, ticket: Secret, reason: TokenFailReason): Promise<FailedToken> {
  const answer = await askingEngine(() =>
    ports.authlete["auth/token/fail"]({ ticket: ticket.reveal(), reason }),
  );
  if (answer.action === "BAD_REQUEST") return answer;
  const code = TICKET_CODES.has(answer.resultCode ?? "") ? "TICKET_INVALID" : "ENGINE_UNAVAILABLE";
  throw new TicketgateError(code, { detail: `auth/token/fail: ${answer.action} ${answer.resultCode}` });
}
