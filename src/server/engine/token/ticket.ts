import { hashOf } from "../../secret/hash.ts";
import type { EngineContext } from "../context.ts";
import { givenNonEmptyText } from "../given.ts";
import type { TokenTicket } from "../records.ts";
import { type RefusalCode, refuse } from "../refusal.ts";

/** The codes for a ticket that is missing, unknown, of another service, or expired. */
type TicketCodes = Record<"missing" | "unknown" | "foreign" | "expired", RefusalCode>;

/** The usable ticket of this value. It is not spent yet. */
export async function findUsableTicket(
  context: EngineContext,
  value: unknown,
  codes: TicketCodes,
): Promise<TokenTicket> {
  const text = givenNonEmptyText(value);
  if (text === undefined) return refuse(codes.missing);
  const ticket = await context.store.read.findTicket(hashOf(text));
  if (!ticket) return refuse(codes.unknown);
  if (ticket.serviceId !== context.serviceId) refuse(codes.foreign);
  if (ticket.expiresAt <= context.now) refuse(codes.expired);
  return ticket;
}
