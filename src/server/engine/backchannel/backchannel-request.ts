import type { Client } from "../../authlete/client.ts";
import type { Service } from "../../authlete/service.ts";
import { grantManagement } from "../authorization/parameters/grant-management.ts";
import { plainParameters } from "../authorization/request-parameters.ts";
import { requestedAuthorizationDetails } from "../authorization-details/requested.ts";
import type { Caller } from "../client-authentication/credentials.ts";
import { readAcrs } from "../client-request/acrs.ts";
import type { EngineContext } from "../context.ts";
import { type Form, optionalParameter } from "../form.ts";
import { givenSeconds } from "../given.ts";
import { claimNamesOf } from "../grant/claim-names.ts";
import { refuse } from "../refusal.ts";
import { readResources } from "../token/resources.ts";
import { grantedScopes, scopeNames } from "../token/scopes.ts";
import type { BackchannelGrant } from "./backchannel-grant.ts";
import { type DeliveryMode, readNotificationToken } from "./delivery.ts";
import { type Hint, readHint } from "./hint.ts";

/** Seconds between two polls where the service does not say (CIBA Core 7.3). */
const DEFAULT_INTERVAL = 5;

/** A request that may go on: what is kept of it, and what only the caller gets to know. */
export type BackchannelRequest = {
  grant: BackchannelGrant;
  hint: Hint;
  notificationToken: string | undefined;
  bindingMessage: string | undefined;
  userCode: string | undefined;
  userCodeRequired: boolean;
  warnings: string[];
};

/** Reads what a client asks for (CIBA Core 7.1). */
export async function readBackchannelRequest(
  context: EngineContext,
  caller: Caller,
  { form, mode }: { form: Form; mode: DeliveryMode },
): Promise<BackchannelRequest> {
  const { service } = context;
  const { client } = caller;
  const notificationToken = readNotificationToken(form, mode);
  const requested = requestedScopes(form);
  const scopes = grantedScopes(service, client, requested);
  if (!scopes.includes("openid")) refuse("A176305");
  const { acrs, ignored } = readAcrs(service, client, form);
  const hint = readHint(context, client, form);
  const userCodeRequired = demandsUserCode(service, client);
  const userCode = optionalParameter(form, "user_code", "A166304");
  if (userCodeRequired && userCode === undefined) refuse("A177301");
  return {
    grant: await newGrant(context, caller, { form, mode, scopes, acrs }),
    hint,
    notificationToken,
    bindingMessage: optionalParameter(form, "binding_message", "A166304"),
    userCode,
    userCodeRequired,
    warnings: warningsOf(scopes.length < requested.length, ignored.length > 0),
  };
}

/** Every request is an authentication. */
function requestedScopes(form: Form): string[] {
  const names = scopeNames(optionalParameter(form, "scope", "A166304"));
  if (names.length === 0) refuse("A176301");
  return names.includes("openid") ? names : refuse("A176304");
}

/** Both the service and the client have to know user codes. */
function demandsUserCode(service: Service, client: Client): boolean {
  return service.backchannelUserCodeParameterSupported === true && client.bcUserCodeRequired === true;
}

type Read = { form: Form; mode: DeliveryMode; scopes: string[]; acrs: string[] };

async function newGrant(
  context: EngineContext,
  { client, clientId, aliasUsed }: Caller,
  { form, mode, scopes, acrs }: Read,
): Promise<BackchannelGrant> {
  const { service, now } = context;
  const authorizationDetails = requestedAuthorizationDetails(service, client, form);
  const claimNames = claimNamesOf(service, scopes);
  const requestedExpiry = readRequestedExpiry(form);
  const wanted = await grantManagement({ context, clientId, parameters: plainParameters(form) });
  return {
    clientId,
    clientIdAliasUsed: aliasUsed,
    scopes,
    resources: readResources(form),
    ...(authorizationDetails ? { authorizationDetails } : {}),
    ...(acrs.length > 0 ? { acrs } : {}),
    ...(claimNames.length > 0 ? { claimNames } : {}),
    deliveryMode: mode,
    ...(requestedExpiry === undefined ? {} : { requestedExpiry }),
    ...(wanted.grantManagementAction ? { grantManagement: wanted } : {}),
    issued: false,
    nextPollAt: now,
    interval: givenSeconds(service.backchannelPollingInterval) ?? DEFAULT_INTERVAL,
  };
}

/** `requested_expiry`: positive seconds. */
function readRequestedExpiry(form: Form): number | undefined {
  const text = optionalParameter(form, "requested_expiry", "A166304");
  if (text === undefined) return undefined;
  if (!/^-?\d{1,15}$/.test(text)) refuse("A201301");
  return givenSeconds(Number(text)) ?? refuse("A201302");
}

function warningsOf(areScopesIgnored: boolean, areAcrsIgnored: boolean): string[] {
  return [
    ...(areScopesIgnored
      ? ["[A176303] A scope was left out: the service does not support it, or the client may not have it."]
      : []),
    ...(areAcrsIgnored
      ? ["[A173301] An authentication context class was left out: the service does not support it."]
      : []),
  ];
}
