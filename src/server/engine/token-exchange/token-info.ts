import type { Response } from "../../authlete/operations.ts";
import { clientMembers } from "../client/client-members.ts";
import type { EngineContext } from "../context.ts";
import type { AccessToken } from "../records.ts";
import { scopeDetails } from "../token/scopes.ts";

/** What the answer tells of an access token or refresh token that was presented. */
export type TokenInfo = NonNullable<
  Extract<Response<"auth/token">, { action: "TOKEN_EXCHANGE" }>["subjectTokenInfo"]
>;

/** Tells of an access token. */
export function accessTokenInfo(context: EngineContext, token: AccessToken): Promise<TokenInfo> {
  const { scopes, accessTokenExpiresAt, accessTokenResources, details } = token;
  return tokenInfo(context, token, {
    scopes,
    expiresAt: accessTokenExpiresAt,
    resources: accessTokenResources,
    authorizationDetails: details.authorizationDetails,
  });
}

/** Tells of a refresh token: what could still be had with it. */
export function refreshTokenInfo(context: EngineContext, token: AccessToken): Promise<TokenInfo> {
  const { details } = token;
  return tokenInfo(context, token, {
    scopes: token.refreshTokenScopes ?? token.scopes,
    expiresAt: token.refreshTokenExpiresAt,
    resources: token.resources,
    authorizationDetails: details.grantedAuthorizationDetails ?? details.authorizationDetails,
  });
}

type Extent = {
  scopes: string[];
  expiresAt: number | undefined;
  resources: string[];
  authorizationDetails: TokenInfo["authorizationDetails"];
};

async function tokenInfo(
  { store, serviceId, service }: EngineContext,
  token: AccessToken,
  { scopes, expiresAt, resources, authorizationDetails }: Extent,
): Promise<TokenInfo> {
  const client = await store.read.findClient(serviceId, String(token.clientId));
  return {
    ...(client ? clientMembers(client, token.clientIdAliasUsed) : { clientId: token.clientId }),
    ...(token.subject === undefined ? {} : { subject: token.subject }),
    scopes: scopeDetails(service, scopes),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(token.properties.length > 0 ? { properties: token.properties } : {}),
    ...(resources.length > 0 ? { resources } : {}),
    ...(authorizationDetails ? { authorizationDetails } : {}),
  };
}
