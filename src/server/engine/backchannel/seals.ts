import { hashOf } from "../../secret/hash.ts";
import { createKeyring } from "../../secret/keyring.ts";
import type { EngineContext } from "../context.ts";

/** What is kept for the holder of a ticket alone. */
type SealedPart = "client_notification_token" | "auth_req_id";

/** Seals a value so that nobody reads it who has the store and not the ticket. */
export function sealForTicket(
  { random }: Pick<EngineContext, "random">,
  ticket: string,
  { part, value }: { part: SealedPart; value: string },
): string {
  return keyringOf(random, ticket).seal(value, contextOf(ticket, part));
}

/**
 * Opens what was sealed for a ticket.
 *
 * @returns `undefined` when there is nothing.
 * @throws Error when it was not sealed for this ticket.
 */
export function openWithTicket(
  { random }: Pick<EngineContext, "random">,
  ticket: string,
  { part, sealed }: { part: SealedPart; sealed: string | undefined },
): string | undefined {
  if (sealed === undefined) return undefined;
  const value = keyringOf(random, ticket).open(sealed, contextOf(ticket, part));
  if (value === undefined) throw new Error("what is kept for the ticket cannot be read");
  return value;
}

function keyringOf(random: EngineContext["random"], ticket: string) {
  return createKeyring([ticket], { purpose: "backchannel ticket", random });
}

function contextOf(ticket: string, part: SealedPart): string {
  return `${part} ${hashOf(ticket)}`;
}
