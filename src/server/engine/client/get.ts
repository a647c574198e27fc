import type { Client } from "../../authlete/client.ts";
import type { Request } from "../../authlete/operations.ts";
import { refuseCall } from "../call-refusal.ts";
import { aliasAllowed, isAlias, isStorable } from "../client-authentication/identify-client.ts";
import type { EngineContext } from "../context.ts";
import { givenNonEmptyText } from "../given.ts";

/**
 * `client/get`: a registered client, its secret included.
 *
 * @throws CallRefusal (404) when there is no such client.
 */
export async function getClient(
  context: EngineContext,
  request: Partial<Request<"client/get">>,
): Promise<Client> {
  const identifier = givenNonEmptyText(request.clientId);
  const client =
    identifier !== undefined && isStorable(identifier)
      ? await context.store.read.findClient(context.serviceId, identifier)
      : undefined;
  if (!client || identifier === undefined || !isReachable(context, client, identifier)) {
    refuseCall("A001212");
  }
  return client;
}

function isReachable(context: EngineContext, client: Client, identifier: string): boolean {
  return !isAlias(client, identifier) || aliasAllowed(context.service, client);
}
