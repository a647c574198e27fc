import type { Client } from "../../authlete/client.ts";
import type { MintedToken } from "../access-token/mint.ts";
import { visibleProperties } from "../access-token/properties.ts";
import { authorizationDetailsJson } from "../authorization-details/json.ts";
import { attributeMembers, clientMembers } from "../client/client-members.ts";
import type { EngineContext } from "../context.ts";
import { setOwnMember } from "../own-member.ts";

/** Tokens with their values, and the ID token that goes with them. */
export type IssuedTokens = MintedToken & { idToken?: string | undefined };

/** The members of an answer that gives tokens, the body for the client application among them. */
export function issuedMembers(context: EngineContext, client: Client, issued: IssuedTokens) {
  const { row, accessToken, jwtAccessToken, refreshToken, idToken } = issued;
  const { authorizationDetails } = row.details;
  return {
    responseContent: tokenBody(context, issued),
    accessToken,
    accessTokenExpiresAt: row.accessTokenExpiresAt,
    accessTokenDuration: row.accessTokenDuration,
    ...(jwtAccessToken === undefined ? {} : { jwtAccessToken }),
    ...(refreshToken === undefined ? {} : refreshMembers(issued)),
    ...(idToken === undefined ? {} : { idToken }),
    ...clientMembers(client, row.clientIdAliasUsed),
    ...(row.subject === undefined ? {} : { subject: row.subject }),
    scopes: row.scopes,
    ...(row.properties.length > 0 ? { properties: row.properties } : {}),
    ...(row.accessTokenResources.length > 0 ? { accessTokenResources: row.accessTokenResources } : {}),
    ...(authorizationDetails ? { authorizationDetails } : {}),
    ...(row.grantId === undefined ? {} : { grantId: row.grantId }),
    ...attributeMembers(context.service, client),
  };
}

function refreshMembers({ row, refreshToken }: MintedToken) {
  return {
    ...(refreshToken === undefined ? {} : { refreshToken }),
    ...(row.refreshTokenExpiresAt === undefined ? {} : { refreshTokenExpiresAt: row.refreshTokenExpiresAt }),
    ...(row.refreshTokenDuration === undefined ? {} : { refreshTokenDuration: row.refreshTokenDuration }),
    ...(row.refreshTokenScopes === undefined ? {} : { refreshTokenScopes: row.refreshTokenScopes }),
  };
}

/**
 * The successful token response of RFC 6749 5.1, followed by the properties that are not hidden.
 *
 * @param extra members of extensions.
 */
export function tokenBody(
  { service, now }: EngineContext,
  { row, accessToken, jwtAccessToken, refreshToken, idToken }: IssuedTokens,
  extra: Record<string, string> = {},
): string {
  const { authorizationDetails } = row.details;
  const body: Record<string, unknown> = {
    access_token: jwtAccessToken ?? accessToken,
    token_type: row.details.confirmation?.jkt ? "DPoP" : service.accessTokenType || "Bearer",
    expires_in: Math.max(0, Math.floor((row.accessTokenExpiresAt - now) / 1000)),
    ...(row.scopes.length > 0 ? { scope: row.scopes.join(" ") } : {}),
    ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
    ...(idToken === undefined ? {} : { id_token: idToken }),
    ...(authorizationDetails
      ? { authorization_details: authorizationDetailsJson(authorizationDetails) }
      : {}),
    ...(row.grantId === undefined ? {} : { grant_id: row.grantId }),
    ...extra,
  };
  for (const [key, value] of visibleProperties(row.properties)) {
    if (!Object.hasOwn(body, key)) setOwnMember(body, key, value);
  }
  return JSON.stringify(body);
}
