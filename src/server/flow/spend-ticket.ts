import type { TokenFailReason } from "../authlete/messages/token-fail.ts";
import type { Secret } from "../secret/secret.ts";
import type { FlowPorts } from "./ports.ts";

/**
 * Ends a ticket at the engine without tokens. What the caller is told is decided already, so a failure is only logged: nobody holds the
 * ticket, and it expires.
 */
export async function spendTicket(
  { authlete, log }: FlowPorts,
  ticket: Secret,
  reason: TokenFailReason,
): Promise<void> {
  try {
    const { action, resultCode } = await authlete["auth/token/fail"]({ ticket: ticket.reveal(), reason });
    if (action !== "BAD_REQUEST") log.error("sign_in.ticket_not_spent", { action, resultCode });
  } catch (error) {
    log.error("sign_in.ticket_not_spent", { error });
  }
}
