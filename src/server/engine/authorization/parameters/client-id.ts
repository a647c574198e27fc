import type { IdentifiedClient } from "../../client-authentication/credentials.ts";
import { aliasAllowed, isAlias, isStorable } from "../../client-authentication/identify-client.ts";
import type { EngineContext } from "../../context.ts";
import { type Form, requiredParameter } from "../../form.ts";
import { refuse } from "../../refusal.ts";

/**
 * The client that an authorization request names (RFC 6749 4.1.1). It stands beside a request object and beside a
 * `request_uri` too (RFC 9101 5, RFC 9126 4): nothing else tells whose keys and whose pushed requests count.
 */
export async function findClient(context: EngineContext, form: Form): Promise<IdentifiedClient> {
  const identifier = requiredParameter(form, "client_id", ["A010301", "A010302", "A010303"]);
  const client = isStorable(identifier)
    ? await context.store.read.findClient(context.serviceId, identifier)
    : undefined;
  if (client?.clientId === undefined) return refuse(/^\d+$/.test(identifier) ? "A010304" : "A010308");
  const aliasUsed = isAlias(client, identifier);
  if (aliasUsed && !aliasAllowed(context.service, client)) refuse("A010309");
  if (client.locked) refuse("A010307");
  return { client, clientId: client.clientId, aliasUsed };
}
