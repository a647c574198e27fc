import type { Client } from "../../authlete/client.ts";
import type { MintedToken } from "../access-token/mint.ts";
import { visibleProperties } from "../access-token/properties.ts";
import { attributeMembers, clientMembers } from "../client/client-members.ts";
import type { EngineContext } from "../context.ts";
import { setOwnMember } from "../own-member.ts";

/** The members of an answer that gives tokens, the body for the client application among them. */
export function issuedMembers(context: EngineContext, client: Client, minted: MintedToken) {
  const { row, accessToken, jwtAccessToken, refreshToken } = minted;
  return {
    responseContent: tokenBody(context, minted),
    accessToken,
    accessTokenExpiresAt: row.accessTokenExpiresAt,
    accessTokenDuration: row.accessTokenDuration,
    ...(jwtAccessToken === undefined ? {} : { jwtAccessToken }),
    ...(refreshToken === undefined ? {} : refreshMembers(minted)),
    ...clientMembers(client, row.clientIdAliasUsed),
    ...(row.subject === undefined ? {} : { subject: row.subject }),
    scopes: row.scopes,
    ...(row.properties.length > 0 ? { properties: row.properties } : {}),
    ...(row.accessTokenResources.length > 0 ? { accessTokenResources: row.accessTokenResources } : {}),
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

/** The successful token response of RFC 6749 5.1, followed by the properties that are not hidden. */
function tokenBody({ service }: EngineContext, minted: MintedToken): string {
  const { row, accessToken, jwtAccessToken, refreshToken } = minted;
  const body: Record<string, unknown> = {
    access_token: jwtAccessToken ?? accessToken,
    token_type: service.accessTokenType || "Bearer",
    expires_in: row.accessTokenDuration,
    ...(row.scopes.length > 0 ? { scope: row.scopes.join(" ") } : {}),
    ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
  };
  for (const [key, value] of visibleProperties(row.properties)) setOwnMember(body, key, value);
  return JSON.stringify(body);
}
