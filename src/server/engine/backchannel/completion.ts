import type { Client } from "../../authlete/client.ts";
import type { EngineContext } from "../context.ts";
import { refuse } from "../refusal.ts";
import { openWithTicket } from "./seals.ts";
import { type BackchannelTicket, checkDecidable, findBackchannelTicket } from "./ticket.ts";

/** A ticket that can be decided upon, whose it is, and what was kept for its holder. */
export type Completion = BackchannelTicket & {
  client: Client;
  authReqId: string;
  notification: { endpoint: string; token: string } | undefined;
};

/**
 * Finds what a completion is about. The client is read again: it may have been removed or locked while the user was asked.
 */
export async function findCompletion(context: EngineContext, value: unknown): Promise<Completion> {
  const found = await findBackchannelTicket(context, value);
  const { document } = checkDecidable(context, found.stored);
  const client = await context.store.read.findClient(context.serviceId, String(document.clientId));
  if (!client || client.locked) return refuse("A199301");
  const sealed = document.sealedAuthReqId;
  const authReqId = openWithTicket(context, found.ticket, { part: "auth_req_id", sealed });
  return {
    ...found,
    client,
    authReqId: authReqId ?? refuse("A196204"),
    notification: notificationOf(context, found, client),
  };
}

function notificationOf(context: EngineContext, { ticket, stored }: BackchannelTicket, client: Client) {
  const { deliveryMode, sealedNotificationToken: sealed } = stored.document;
  if (deliveryMode === "POLL") return undefined;
  const token = openWithTicket(context, ticket, { part: "client_notification_token", sealed });
  const endpoint = client.bcNotificationEndpoint;
  return endpoint && token !== undefined ? { endpoint, token } : refuse("A902301");
}
