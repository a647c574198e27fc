import type { Client } from "../../authlete/client.ts";
import type { Request } from "../../authlete/operations.ts";
import { refuseCall } from "../call-refusal.ts";
import type { EngineContext } from "../context.ts";
import { readClientSettings, readOnlyMembers } from "./client-settings.ts";
import { findStoredClient, type StoredClient } from "./find-client.ts";
import { checkAlias, checkClientsOfDeveloper, configuredDeveloper } from "./within-service.ts";

/** What is left out of an update goes back to these. */
const resets: Client = { tokenAuthMethod: "NONE", idTokenSignAlg: "RS256", subjectType: "PUBLIC" };

/**
 * `client/update`: replaces the settings of a client. Settings that are left out are reset, as in the cloud; what the engine sets
 * itself stays as it is.
 */
export async function updateClient(
  context: EngineContext,
  request: Partial<Request<"client/update">>,
): Promise<Client> {
  const { clientId: identifier, ...rest } = request;
  const { clientId } = await findStoredClient(context, identifier);
  const settings = readClientSettings(rest);
  return changeClient(context, clientId, (client) => ({
    clientType: client.clientType,
    ...resets,
    ...settings,
    ...configuredDeveloper(settings, client),
    ...readOnlyPart(client),
  }));
}

function readOnlyPart(client: Client): Client {
  const present = readOnlyMembers.filter((name) => client[name] !== undefined);
  return Object.fromEntries(present.map((name) => [name, client[name]]));
}

/**
 * Changes a client as it is at this moment; nobody else changes it in between.
 *
 * @param change makes the new client of the old one.
 * @returns the client as it is now.
 */
export async function changeClient(
  context: EngineContext,
  clientId: number,
  change: (client: StoredClient) => Client,
): Promise<StoredClient> {
  const { store, serviceId, now } = context;
  return store.write(async (writer) => {
    await writer.lockService(serviceId);
    const client = await writer.findClient(serviceId, String(clientId));
    if (!client) return refuseCall("A001212");
    const changed = { ...change({ ...client, clientId }), clientId, modifiedAt: now };
    await checkAlias(writer, serviceId, changed);
    if (changed.developer !== client.developer) await checkClientsOfDeveloper(writer, context, changed);
    await writer.replaceClient(serviceId, changed);
    return changed;
  });
}
