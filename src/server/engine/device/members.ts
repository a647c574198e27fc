import type { Client } from "../../authlete/client.ts";
import { managedGrantMembers } from "../authorization/managed-grant.ts";
import { attributeMembers, clientMembers } from "../client/client-members.ts";
import { requestedScopeMembers } from "../client-request/requested-scopes.ts";
import type { EngineContext } from "../context.ts";
import type { DeviceGrant } from "./device-grant.ts";

/** What a device asks for, as `device/authorization` and `device/verification` tell it. */
export async function deviceRequestMembers(context: EngineContext, client: Client, grant: DeviceGrant) {
  const { service } = context;
  const { scopes, claimNames, acrs, resources, authorizationDetails } = grant;
  return {
    ...clientMembers(client, grant.clientIdAliasUsed),
    ...(client.clientName ? { clientName: client.clientName } : {}),
    ...requestedScopeMembers(service, scopes),
    ...(claimNames?.length ? { claimNames } : {}),
    ...(acrs?.length ? { acrs } : {}),
    ...(resources.length > 0 ? { resources } : {}),
    ...(authorizationDetails ? { authorizationDetails } : {}),
    ...(await managedGrantMembers(context, grant.grantManagement ?? {})),
    ...attributeMembers(service, client),
  };
}
