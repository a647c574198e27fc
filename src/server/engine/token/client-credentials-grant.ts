import type { Response } from "../../authlete/operations.ts";
import { readJwtAtClaims } from "../access-token/jwt-at-claims.ts";
import { type MintedToken, mintToken } from "../access-token/mint.ts";
import { checkPropertiesSize, readProperties } from "../access-token/properties.ts";
import { requestedAuthorizationDetails } from "../authorization-details/requested.ts";
import type { EngineContext } from "../context.ts";
import { optionalParameter } from "../form.ts";
import { refuse, result } from "../refusal.ts";
import { bindingDetails } from "../sender-constraint/binding.ts";
import type { GrantRequest } from "./grant.ts";
import { readResources } from "./resources.ts";
import { grantedScopes, scopeNames } from "./scopes.ts";
import { issuedMembers } from "./token-answer.ts";

/** The client credentials grant (RFC 6749 4.4): an access token without subject and without refresh token. */
export async function clientCredentialsGrant(
  context: EngineContext,
  grant: GrantRequest,
): Promise<Response<"auth/token">> {
  const { caller, form } = grant;
  if (caller.client.clientType === "PUBLIC") refuse("A052301");
  const resources = readResources(form);
  const minted = mintClientToken(context, grant, resources);
  await context.store.write(async (transaction) => {
    if (!(await transaction.insertToken(minted.row))) refuse("A052101");
  });
  return {
    ...result("A052001", "An access token was issued for the client."),
    action: "OK",
    ...issuedMembers(context, caller.client, minted),
    grantType: "CLIENT_CREDENTIALS",
    clientAuthMethod: caller.clientAuthMethod,
    ...(resources.length > 0 ? { resources } : {}),
  };
}

function mintClientToken(
  context: EngineContext,
  { caller, form, request, binding }: GrantRequest,
  resources: string[],
): MintedToken {
  const { client, clientId, aliasUsed } = caller;
  const scope = optionalParameter(form, "scope", "A052302");
  const scopes = grantedScopes(context.service, client, scopeNames(scope));
  if (context.service.scopeRequired && scopes.length === 0) refuse("A052303");
  const properties = readProperties(request.properties);
  checkPropertiesSize(properties, "A052201");
  const authorizationDetails = requestedAuthorizationDetails(context.service, client, form);
  return mintToken(
    context,
    {
      client,
      clientId,
      clientIdAliasUsed: aliasUsed,
      subject: undefined,
      grantType: "CLIENT_CREDENTIALS",
      scopes,
      properties,
      resources,
      accessTokenResources: resources,
      jwtAtClaims: readJwtAtClaims(request.jwtAtClaims, "A052202"),
      details: { ...bindingDetails(binding), ...(authorizationDetails ? { authorizationDetails } : {}) },
    },
    { wishes: request, refreshToken: undefined, jwtFailure: "A052202" },
  );
}
