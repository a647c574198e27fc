import type { Client } from "../../authlete/client.ts";
import type { Property } from "../../authlete/members.ts";
import { activeTokenMembers } from "../../oauth/introspection-response.ts";
import type { FoundToken } from "../access-token/find-by-hint.ts";
import { authorizationDetailsJson } from "../authorization-details/json.ts";
import type { EngineContext } from "../context.ts";

/** What is said of a token that is not active: not a word about why (RFC 7662 2.2). */
const inactive = { active: false };

type Asked = { rsUri: string | undefined; withHiddenProperties: boolean };

/** The members of the answer about a token, for the resource server that asks (RFC 7662 2.2). */
export function introspected(
  context: EngineContext,
  found: (FoundToken & { client: Client | undefined }) | undefined,
  asked: Asked,
): Record<string, unknown> {
  if (!found?.client || found.client.locked) return inactive;
  const { expiresAt, audience } = aspectOf(found);
  if (expiresAt <= context.now || !isFor(audience, asked.rsUri)) return inactive;
  return activeMembers(context, found, asked);
}

/** What a pair of tokens is when one of the two is presented. */
function aspectOf({ type, token }: FoundToken) {
  if (type === "access_token") {
    const { accessTokenExpiresAt: expiresAt, accessTokenResources: audience, scopes } = token;
    return { expiresAt, audience, scopes };
  }
  const { refreshTokenExpiresAt: expiresAt = 0, resources: audience, refreshTokenScopes } = token;
  return { expiresAt, audience, scopes: refreshTokenScopes ?? token.scopes };
}

/** A token without an audience is for everybody. */
function isFor(audience: readonly string[], rsUri: string | undefined): boolean {
  return rsUri === undefined || audience.length === 0 || audience.includes(rsUri);
}

function activeMembers({ service }: EngineContext, found: FoundToken, asked: Asked) {
  const { type, token } = found;
  const { expiresAt, audience, scopes } = aspectOf(found);
  const { confirmation, refreshTokenJkt, acr, authTime, authorizationDetails } = token.details;
  const isAccessToken = type === "access_token";
  return activeTokenMembers({
    issuer: service.issuer,
    tokenType: isAccessToken ? tokenType(service.accessTokenType, confirmation?.jkt) : undefined,
    clientId: String(token.clientId),
    subject: token.subject,
    scopes,
    audience,
    expiresAt,
    acr,
    authTime,
    confirmation: isAccessToken ? confirmation : refreshTokenJkt ? { jkt: refreshTokenJkt } : undefined,
    authorizationDetails: authorizationDetails && authorizationDetailsJson(authorizationDetails),
    grantId: token.grantId,
    properties: shownProperties(token.properties, asked.withHiddenProperties),
  });
}

/** RFC 9449 5. */
function tokenType(accessTokenType: string | undefined, jkt: string | undefined): string {
  return jkt ? "DPoP" : accessTokenType || "Bearer";
}

function shownProperties(properties: readonly Property[], withHidden: boolean) {
  return properties.flatMap(({ key, value, hidden }) =>
    key === undefined || value === undefined || (hidden && !withHidden) ? [] : [{ key, value }],
  );
}
