import { hashOf } from "../../secret/hash.ts";
import type { Artifact } from "../artifacts.ts";
import type { EngineContext } from "../context.ts";
import { givenNonEmptyText } from "../given.ts";
import { refuse } from "../refusal.ts";

/** A ticket, and what is stored of it. */
export type BackchannelTicket = { ticket: string; stored: Artifact<"backchannel_ticket"> };

/** The ticket of a completion. Whether it can still be decided upon is another rule. */
export async function findBackchannelTicket(
  context: EngineContext,
  value: unknown,
): Promise<BackchannelTicket> {
  const ticket = givenNonEmptyText(value) ?? refuse("A186201");
  const stored = await context.store.read.findArtifact("backchannel_ticket", hashOf(ticket));
  if (!stored) return refuse("A186202");
  if (stored.serviceId !== context.serviceId) refuse("A186203");
  return { ticket, stored };
}

/** A ticket that waits for its decision: the client has its `auth_req_id`, and nobody has decided. */
export function checkDecidable(
  { now }: Pick<EngineContext, "now">,
  stored: Artifact<"backchannel_ticket"> | undefined,
): Artifact<"backchannel_ticket"> {
  if (!stored) return refuse("A186202");
  if (stored.document.outcome || stored.spentAt !== undefined) refuse("A196203");
  if (stored.expiresAt <= now) refuse("A196202");
  return stored.document.issued ? stored : refuse("A196204");
}
