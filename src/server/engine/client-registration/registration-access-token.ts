import type { Client } from "../../authlete/client.ts";
import { equalSecrets, hashOf } from "../../secret/hash.ts";
import { isStorable } from "../client-authentication/identify-client.ts";
import type { EngineContext } from "../context.ts";
import { givenNonEmptyText } from "../given.ts";
import { refuse } from "../refusal.ts";

/**
 * The client whose registration a request is about, if its registration access token is presented (RFC 7592 3). A client that does
 * not exist is answered like a wrong token: nobody learns which clients there are.
 */
export async function findRegisteredClient(
  { store, serviceId }: EngineContext,
  request: { clientId?: unknown; token?: unknown },
): Promise<{ client: Client & { clientId: number }; token: string }> {
  const identifier = givenNonEmptyText(request.clientId) ?? refuse("A900207");
  const token = givenNonEmptyText(request.token) ?? refuse("A215301");
  const client = isStorable(identifier) ? await store.read.findClient(serviceId, identifier) : undefined;
  if (client?.clientId === undefined || !client.registrationAccessTokenHash) return refuse("A215302");
  if (!equalSecrets(hashOf(token), client.registrationAccessTokenHash)) refuse("A215302");
  return { client: { ...client, clientId: client.clientId }, token };
}
