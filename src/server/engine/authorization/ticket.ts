import { hashOf } from "../../secret/hash.ts";
import type { Artifact } from "../artifacts.ts";
import type { EngineContext } from "../context.ts";
import { givenNonEmptyText } from "../given.ts";
import type { EngineWriter } from "../ports.ts";
import { randomValue } from "../random-value.ts";
import { type RefusalCode, refuse } from "../refusal.ts";
import type { AuthorizationTicket } from "./authorization-request.ts";
import { keepPushedRequest } from "./pushed-request.ts";

export type StoredTicket = Artifact<"authorization_ticket">;

/** The codes for a ticket that is missing, unknown or used, of another service, or expired. */
export type TicketCodes = Record<"missing" | "unknown" | "foreign" | "expired", RefusalCode>;

/**
 * Stores a request that waits for the decision of the user.
 *
 * @returns its ticket.
 * @throws Refusal A008303 when the request was pushed, and used in the meantime.
 */
export async function openTicket(context: EngineContext, document: AuthorizationTicket): Promise<string> {
  const { serviceId, now, ticketDurationMs } = context;
  const ticket = randomValue(context.random);
  const expiresAt = now + ticketDurationMs;
  const { clientId, pushedRequestHash } = document.request;
  await context.store.write(async (transaction) => {
    if (pushedRequestHash !== undefined) await keepPushedRequest(transaction, pushedRequestHash, expiresAt);
    await transaction.insertArtifact({
      kind: "authorization_ticket",
      keyHash: hashOf(ticket),
      aliasHash: undefined,
      serviceId,
      clientId,
      document,
      revision: 0,
      spentAt: undefined,
      createdAt: now,
      expiresAt,
    });
  });
  return ticket;
}

/** The usable ticket of this value. It is not spent yet. */
export async function findUsableTicket(
  context: EngineContext,
  value: unknown,
  codes: TicketCodes,
): Promise<StoredTicket> {
  const text = givenNonEmptyText(value);
  if (text === undefined) return refuse(codes.missing);
  const ticket = await context.store.read.findArtifact("authorization_ticket", hashOf(text));
  if (!ticket || ticket.spentAt !== undefined) return refuse(codes.unknown);
  if (ticket.serviceId !== context.serviceId) refuse(codes.foreign);
  if (ticket.expiresAt <= context.now) refuse(codes.expired);
  return ticket;
}

/**
 * Spends a ticket and the pushed request that it came of, inside the transaction of what they are spent for. Both are used once: of
 * two tickets of one pushed request the second one fails.
 *
 * @throws Refusal `code` when another call came first.
 */
export async function spendTicket(
  { now }: EngineContext,
  transaction: EngineWriter,
  { ticket, code }: { ticket: StoredTicket; code: RefusalCode },
): Promise<void> {
  if (!(await transaction.consumeArtifact("authorization_ticket", ticket.keyHash, now))) refuse(code);
  const { pushedRequestHash } = ticket.document.request;
  if (pushedRequestHash === undefined) return;
  if (!(await transaction.consumeArtifact("pushed_request", pushedRequestHash, now))) refuse(code);
}
