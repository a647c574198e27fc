import { attributeMembers, clientMembers } from "../client/client-members.ts";
import type { EngineContext } from "../context.ts";
import type { AccessToken } from "../records.ts";
import { scopeDetails } from "../token/scopes.ts";
import type { Examination } from "./checks.ts";

/** What there is to know of a token, for the caller of `auth/introspection`. */
export function tokenMembers({ service, now }: EngineContext, { token, client, grant }: Examination) {
  return {
    refreshable: token.refreshTokenHash !== undefined && (token.refreshTokenExpiresAt ?? 0) > now,
    expiresAt: token.accessTokenExpiresAt,
    ...(client ? clientMembers(client, token.clientIdAliasUsed) : { clientId: token.clientId }),
    ...(token.subject === undefined ? {} : { subject: token.subject }),
    scopes: token.scopes,
    scopeDetails: scopeDetails(service, token.scopes),
    grantType: token.grantType,
    ...(token.properties.length > 0 ? { properties: token.properties } : {}),
    ...(token.resources.length > 0 ? { resources: token.resources } : {}),
    ...(token.accessTokenResources.length > 0 ? { accessTokenResources: token.accessTokenResources } : {}),
    ...(token.grantId === undefined ? {} : { grantId: token.grantId }),
    ...(grant ? { grant } : {}),
    ...detailMembers(token),
    ...(client ? attributeMembers(service, client) : {}),
  };
}

function detailMembers({ details }: AccessToken) {
  const { acr, authTime, authorizationDetails, consentedClaims, forExternalAttachment } = details;
  const certificateThumbprint = details.confirmation?.["x5t#S256"];
  return {
    ...(certificateThumbprint === undefined ? {} : { certificateThumbprint }),
    ...(acr === undefined ? {} : { acr }),
    ...(authTime === undefined ? {} : { authTime }),
    ...(authorizationDetails ? { authorizationDetails } : {}),
    ...(consentedClaims ? { consentedClaims } : {}),
    ...(forExternalAttachment ? { forExternalAttachment } : {}),
  };
}
