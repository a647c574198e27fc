import { equalSecrets, hashOf } from "../../secret/hash.ts";
import { lookUpClient, type StoredClient } from "../client/find-client.ts";
import type { EngineContext } from "../context.ts";
import { givenNonEmptyText } from "../given.ts";
import { refuse } from "../refusal.ts";

/**
 * The client whose registration a request is about, if its registration access token is presented (RFC 7592 3). A client that does
 * not exist, is locked, or did not register itself is answered like a wrong token: nobody learns which clients there are.
 */
export async function findRegisteredClient(
  context: EngineContext,
  request: { clientId?: unknown; token?: unknown },
): Promise<{ client: StoredClient; token: string }> {
  const identifier = givenNonEmptyText(request.clientId) ?? refuse("A215301");
  const token = givenNonEmptyText(request.token) ?? refuse("A215305");
  const client = await lookUpClient(context, identifier);
  if (!client?.registrationAccessTokenHash || client.locked) return refuse("A215307");
  return equalSecrets(hashOf(token), client.registrationAccessTokenHash)
    ? { client, token }
    : refuse("A215307");
}
