import { grantManagement } from "../authorization/parameters/grant-management.ts";
import { plainParameters } from "../authorization/request-parameters.ts";
import { requestedAuthorizationDetails } from "../authorization-details/requested.ts";
import type { IdentifiedClient } from "../client-authentication/credentials.ts";
import { readAcrs } from "../client-request/acrs.ts";
import type { EngineContext } from "../context.ts";
import { type Form, optionalParameter } from "../form.ts";
import { givenSeconds } from "../given.ts";
import { claimNamesOf } from "../grant/claim-names.ts";
import { refuse } from "../refusal.ts";
import { readResources } from "../token/resources.ts";
import { grantedScopes, scopeNames } from "../token/scopes.ts";
import type { DeviceGrant } from "./device-grant.ts";

/** Seconds between two polls where the service does not say (RFC 8628 3.5). */
const DEFAULT_INTERVAL = 5;

/** Reads what a device asks for (RFC 8628 3.1). Scopes and authentication context classes that are unknown fall away. */
export async function readDeviceRequest(
  context: EngineContext,
  { client, clientId, aliasUsed }: IdentifiedClient,
  form: Form,
): Promise<{ grant: DeviceGrant; ignoredScopes: string[]; ignoredAcrs: string[] }> {
  const { service, now } = context;
  const requested = scopeNames(optionalParameter(form, "scope", "A166304"));
  const scopes = grantedScopes(service, client, requested);
  if (service.scopeRequired && scopes.length === 0) refuse("A219305");
  const { acrs, ignored } = readAcrs(service, client, form);
  const claimNames = claimNamesOf(service, scopes);
  const authorizationDetails = requestedAuthorizationDetails(service, client, form);
  const wanted = await grantManagement({ context, clientId, parameters: plainParameters(form) });
  const grant: DeviceGrant = {
    clientId,
    clientIdAliasUsed: aliasUsed,
    scopes,
    resources: readResources(form),
    ...(claimNames.length > 0 ? { claimNames } : {}),
    ...(acrs.length > 0 ? { acrs } : {}),
    ...(authorizationDetails ? { authorizationDetails } : {}),
    ...(wanted.grantManagementAction ? { grantManagement: wanted } : {}),
    nextPollAt: now,
    interval: givenSeconds(service.deviceFlowPollingInterval) ?? DEFAULT_INTERVAL,
  };
  return { grant, ignoredScopes: requested.filter((name) => !scopes.includes(name)), ignoredAcrs: ignored };
}
