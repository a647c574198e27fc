import type { Response } from "../../authlete/operations.ts";
import { hashOf } from "../../secret/hash.ts";
import { mintToken } from "../access-token/mint.ts";
import { checkPropertiesSize, mergedProperties, readProperties } from "../access-token/properties.ts";
import type { EngineContext } from "../context.ts";
import { optionalParameter, requiredParameter } from "../form.ts";
import type { AccessToken } from "../records.ts";
import { refuse, result } from "../refusal.ts";
import type { GrantRequest } from "./grant.ts";
import { narrowedResources, readResources } from "./resources.ts";
import { nextRefreshToken } from "./rotation.ts";
import { grantableScopes, scopeNames } from "./scopes.ts";
import { answerSpentRefreshToken, sealAnswer } from "./spent-refresh-token.ts";
import { issuedMembers } from "./token-answer.ts";

/**
 * The refresh token grant (RFC 6749 6): a new access token in place of the one that the refresh token is coupled to. Of
 * any number of requests with one rotating refresh token exactly one is served.
 */
export async function refreshTokenGrant(
  context: EngineContext,
  grant: GrantRequest,
): Promise<Response<"auth/token">> {
  const { form, caller } = grant;
  const value = requiredParameter(form, "refresh_token", ["A053301", "A053302", "A053303"]);
  const stored = await context.store.read.findByRefreshToken(context.serviceId, hashOf(value));
  if (!stored) return answerSpentRefreshToken(context, value, caller.clientId);
  if (stored.clientId !== caller.clientId) refuse("A053307");
  if ((stored.refreshTokenExpiresAt ?? 0) <= context.now) refuse("A053308");

  const { row, answer } = refreshed(context, grant, { stored, value });
  if (await replaceToken(context, { stored, row, value, answer })) return answer;
  if (!context.service.refreshTokenIdempotent) refuse("A053310");
  return answerSpentRefreshToken(context, value, caller.clientId);
}

type Refresh = { stored: AccessToken; value: string };

function refreshed(context: EngineContext, { request, form, caller }: GrantRequest, refresh: Refresh) {
  const { stored, value } = refresh;
  const requestedResources = readResources(form);
  const scopes = narrowedScopes(context, { form, caller }, stored);
  const properties = mergedProperties(stored.properties, readProperties(request.properties));
  checkPropertiesSize(properties, "A053201");
  const minted = mintToken(
    context,
    {
      client: caller.client,
      clientId: stored.clientId,
      clientIdAliasUsed: caller.aliasUsed,
      subject: stored.subject,
      grantType: stored.grantType,
      scopes,
      properties,
      resources: stored.resources,
      accessTokenResources: narrowedResources(stored.resources, requestedResources),
      jwtAtClaims: stored.jwtAtClaims,
    },
    {
      wishes: request,
      refreshToken: nextRefreshToken(context, { stored, value, client: caller.client, wishes: request }),
      replaces: stored,
      jwtFailure: "A053202",
    },
  );
  const answer = {
    ...result("A053001", "The tokens were refreshed."),
    action: "OK" as const,
    ...issuedMembers(context, caller.client, minted),
    grantType: "REFRESH_TOKEN",
    clientAuthMethod: caller.clientAuthMethod,
    ...(requestedResources.length > 0 ? { resources: requestedResources } : {}),
  };
  return { row: minted.row, answer };
}

/** All scopes of the grant unless fewer are asked for; those that the client may not have any more fall away. */
function narrowedScopes(
  { service }: EngineContext,
  { form, caller }: Pick<GrantRequest, "form" | "caller">,
  stored: AccessToken,
): string[] {
  const granted = stored.refreshTokenScopes ?? stored.scopes;
  const requested = scopeNames(optionalParameter(form, "scope", "A053304"));
  if (requested.some((name) => !granted.includes(name))) refuse("A053309");
  const scopes = grantableScopes(service, caller.client, requested.length > 0 ? requested : granted);
  const dropsOpenid =
    service.openidDroppedOnRefreshWithoutOfflineAccess && !scopes.includes("offline_access");
  return dropsOpenid ? scopes.filter((name) => name !== "openid") : scopes;
}

/** Puts the new tokens in place of the old; tells whether the refresh token was still there to be used. */
async function replaceToken(
  context: EngineContext,
  { stored, row, value, answer }: Refresh & { row: AccessToken; answer: Response<"auth/token"> },
): Promise<boolean> {
  const refreshTokenHash = hashOf(value);
  const isRotated = row.refreshTokenHash !== refreshTokenHash;
  const sealedAnswer =
    isRotated && context.service.refreshTokenIdempotent ? sealAnswer(context, value, answer) : undefined;
  return context.store.write(async (transaction) => {
    if (await transaction.findByAccessToken(context.serviceId, row.accessTokenHash)) refuse("A053101");
    if (!(await transaction.replaceToken(refreshTokenHash, row))) return false;
    if (isRotated) {
      await transaction.insertSpentRefreshToken({
        refreshTokenHash,
        serviceId: context.serviceId,
        tokenId: row.id,
        spentAt: context.now,
        expiresAt: stored.refreshTokenExpiresAt ?? context.now,
        sealedAnswer,
      });
    }
    return true;
  });
}
