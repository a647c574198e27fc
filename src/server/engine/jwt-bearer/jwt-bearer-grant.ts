import type { Response } from "../../authlete/operations.ts";
import { attributeMembers, clientMembers } from "../client/client-members.ts";
import type { EngineContext } from "../context.ts";
import { optionalParameter, requiredParameter } from "../form.ts";
import { refuse, result } from "../refusal.ts";
import type { AnonymousGrantRequest } from "../token/grant.ts";
import { readResources } from "../token/resources.ts";
import { grantableScopes, scopeNames } from "../token/scopes.ts";
import { checkAssertion } from "./assertion.ts";

/**
 * The JWT bearer grant (RFC 7523 2.1) up to the decision of the caller, who verifies the signature, and that the assertion
 * was not used before, and then creates the token. Nothing is issued or kept here.
 */
export async function jwtBearerGrant(
  context: EngineContext,
  { form, caller }: AnonymousGrantRequest,
): Promise<Response<"auth/token">> {
  const { service } = context;
  if (service.jwtGrantByIdentifiableClientsOnly && !caller) refuse("A901332");
  const assertion = requiredParameter(form, "assertion", ["A901329", "A901329", "A250301"]);
  const requested = scopeNames(optionalParameter(form, "scope", "A250301"));
  const scopes = caller ? grantableScopes(service, caller.client, requested) : [];
  const resources = readResources(form);
  checkAssertion(context, assertion);
  return {
    ...result("A314001", "The grant can go on: verify the assertion, then decide what to issue."),
    action: "JWT_BEARER",
    grantType: "JWT_BEARER",
    assertion,
    ...(caller ? { clientAuthMethod: caller.clientAuthMethod } : {}),
    ...(caller ? clientMembers(caller.client, caller.aliasUsed) : {}),
    ...(scopes.length > 0 ? { scopes } : {}),
    ...(resources.length > 0 ? { resources } : {}),
    ...attributeMembers(service, caller?.client ?? {}),
  };
}
