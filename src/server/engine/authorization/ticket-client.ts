import type { Client } from "../../authlete/client.ts";
import type { EngineContext } from "../context.ts";
import { refuse } from "../refusal.ts";
import { isRegistered } from "./parameters/redirect-uri.ts";
import type { StoredTicket } from "./ticket.ts";

/**
 * The client that a ticket is of, read again: while the user was asked it may have been removed or locked, or have given up the
 * address that the answer would go to.
 *
 * @throws Refusal A045303.
 */
export async function findClientOfTicket(context: EngineContext, ticket: StoredTicket): Promise<Client> {
  const { clientId, redirectUri } = ticket.document.request;
  const client = await context.store.read.findClient(context.serviceId, String(clientId));
  if (!client || client.locked || !isRegistered(context.service, client, redirectUri))
    return refuse("A045303");
  return client;
}
