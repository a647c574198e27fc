import type { Response } from "../../authlete/operations.ts";
import { hashOf } from "../../secret/hash.ts";
import { attributeMembers, clientMembers } from "../client/client-members.ts";
import type { EngineContext } from "../context.ts";
import { optionalParameter, requiredParameter } from "../form.ts";
import { randomValue } from "../random-value.ts";
import { refuse, result } from "../refusal.ts";
import { bindingDetails } from "../sender-constraint/binding.ts";
import type { GrantRequest } from "./grant.ts";
import { readResources } from "./resources.ts";
import { grantedScopes, scopeNames } from "./scopes.ts";

/**
 * The resource owner password credentials grant (RFC 6749 4.3) up to a ticket: the caller checks the password, then
 * issues or fails with the ticket. Properties, claims and durations count there, not here.
 */
export async function passwordGrant(
  context: EngineContext,
  { form, caller, binding }: GrantRequest,
): Promise<Response<"auth/token">> {
  const { service, serviceId, now } = context;
  const { client, clientId, aliasUsed, clientAuthMethod } = caller;
  const username = requiredParameter(form, "username", ["A051301", "A051302", "A051303"]);
  const password = requiredParameter(form, "password", ["A051304", "A051305", "A051306"]);
  const scope = optionalParameter(form, "scope", "A051307");
  const scopes = grantedScopes(service, client, scopeNames(scope));
  if (service.scopeRequired && scopes.length === 0) refuse("A051308");
  const resources = readResources(form);

  const ticket = randomValue(context.random);
  await context.store.write((transaction) =>
    transaction.insertTicket({
      ticketHash: hashOf(ticket),
      serviceId,
      clientId,
      clientIdAlias: client.clientIdAlias ?? undefined,
      clientIdAliasUsed: aliasUsed,
      scopes,
      resources,
      details: bindingDetails(binding),
      createdAt: now,
      expiresAt: now + context.ticketDurationMs,
    }),
  );
  return {
    ...result("A051001", "The password grant can go on: check the credentials, then issue or fail."),
    action: "PASSWORD",
    username,
    password,
    ticket,
    grantType: "PASSWORD",
    clientAuthMethod,
    ...clientMembers(client, aliasUsed),
    scopes,
    ...(resources.length > 0 ? { resources } : {}),
    ...attributeMembers(service, client),
  };
}
