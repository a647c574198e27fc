import type { Client } from "../../authlete/client.ts";
import { refuseCall } from "../call-refusal.ts";
import { aliasAllowed, isAlias, isStorable } from "../client-authentication/identify-client.ts";
import type { EngineContext } from "../context.ts";
import { givenNonEmptyText } from "../given.ts";

/** A client that has its number, as every stored client does. */
export type StoredClient = Client & { clientId: number };

/**
 * The client of an identifier: its number, or its alias where aliases are allowed. The call is refused (404) when there is none.
 *
 * @param identifier as it came; a number counts as its decimal digits.
 */
export async function findStoredClient(context: EngineContext, identifier: unknown): Promise<StoredClient> {
  const text = typeof identifier === "number" ? String(identifier) : givenNonEmptyText(identifier);
  if (text === undefined || !isStorable(text)) return refuseCall("A001212");
  const client = await context.store.read.findClient(context.serviceId, text);
  if (client?.clientId === undefined) return refuseCall("A001212");
  if (isAlias(client, text) && !aliasAllowed(context.service, client)) refuseCall("A001212");
  return { ...client, clientId: client.clientId };
}
