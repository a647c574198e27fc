import type { Client } from "../../authlete/client.ts";
import { refuseCall } from "../call-refusal.ts";
import { aliasAllowed, isAlias, isStorable } from "../client-authentication/identify-client.ts";
import type { EngineContext } from "../context.ts";
import { givenNonEmptyText } from "../given.ts";

/** A client that has its number, as every stored client does. */
export type StoredClient = Client & { clientId: number };

/**
 * The client of an identifier: its number, or its alias where aliases are allowed; `undefined` when there is none.
 *
 * @param identifier as it came; a number counts as its decimal digits.
 */
export async function lookUpClient(
  { store, serviceId, service }: Pick<EngineContext, "store" | "serviceId" | "service">,
  identifier: unknown,
): Promise<StoredClient | undefined> {
  const text = typeof identifier === "number" ? String(identifier) : givenNonEmptyText(identifier);
  if (text === undefined || !isStorable(text)) return undefined;
  const client = await store.read.findClient(serviceId, text);
  if (client?.clientId === undefined) return undefined;
  if (isAlias(client, text) && !aliasAllowed(service, client)) return undefined;
  return { ...client, clientId: client.clientId };
}

/** The client of an identifier. The call is refused (404) when there is none. */
export async function findStoredClient(context: EngineContext, identifier: unknown): Promise<StoredClient> {
  return (await lookUpClient(context, identifier)) ?? refuseCall("A001212");
}
