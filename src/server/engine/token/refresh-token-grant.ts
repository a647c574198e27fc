import type { Response } from "../../authlete/operations.ts";
import { hashOf } from "../../secret/hash.ts";
import { mintToken } from "../access-token/mint.ts";
import { checkPropertiesSize, mergedProperties, readProperties } from "../access-token/properties.ts";
import { keptAuthorizationDetails } from "../authorization-details/narrowed.ts";
import type { EngineContext } from "../context.ts";
import { optionalParameter, requiredParameter } from "../form.ts";
import type { AccessToken, TokenDetails } from "../records.ts";
import { refuse } from "../refusal.ts";
import type { GrantRequest } from "./grant.ts";
import { type Narrowing, readNarrowing } from "./narrowing.ts";
import { answerRefresh } from "./refresh-token-answer.ts";
import { checkRefresh } from "./refresh-token-checks.ts";
import { nextRefreshToken } from "./rotation.ts";
import { grantableScopes, scopeNames } from "./scopes.ts";
import { answerSpentRefreshToken, sealAnswer } from "./spent-refresh-token.ts";

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
  for (;;) {
    const stored = await context.store.read.findByRefreshToken(context.serviceId, hashOf(value));
    if (!stored) return answerSpentRefreshToken(context, value, caller.clientId);
    checkRefresh(context, grant, stored);
    const { row, answer } = refreshed(context, grant, { stored, value });
    const outcome = await replaceToken(context, { stored, row, value, answer });
    if (outcome === "replaced") return answer;
    if (outcome === "spent") return answerOutrun(context, value, caller.clientId);
  }
}

/** Another request with the refresh token came first. */
function answerOutrun(context: EngineContext, value: string, clientId: number) {
  if (!context.service.refreshTokenIdempotent) refuse("A053310");
  return answerSpentRefreshToken(context, value, clientId);
}

type Refresh = { stored: AccessToken; value: string };

function refreshed(context: EngineContext, grant: GrantRequest, refresh: Refresh) {
  const { request, form, caller } = grant;
  const { stored, value } = refresh;
  const narrowing = readNarrowing(form, {
    resources: stored.resources,
    authorizationDetails: grantedDetails(stored),
  });
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
      accessTokenResources: narrowing.resources,
      jwtAtClaims: stored.jwtAtClaims,
      sessionId: stored.sessionId,
      grantId: stored.grantId,
      details: refreshedDetails(context, grant, { stored, narrowing }),
    },
    {
      wishes: request,
      refreshToken: nextRefreshToken(context, { stored, value, client: caller.client, wishes: request }),
      replaces: stored,
      jwtFailure: "A053202",
    },
  );
  return { row: minted.row, answer: answerRefresh(context, grant, { minted, narrowing }) };
}

function grantedDetails({ details }: AccessToken) {
  return details.grantedAuthorizationDetails ?? details.authorizationDetails;
}

/**
 * What was known stays known. A binding is never loosened: without a new proof, the tokens stay bound to the old key; and
 * what answered the authorization request, its nonce above all, is no part of a refresh (OIDC Core 12.2).
 */
function refreshedDetails(
  { now }: EngineContext,
  { binding }: GrantRequest,
  { stored, narrowing }: { stored: AccessToken; narrowing: Narrowing },
): TokenDetails {
  const {
    nativeSso: _answered,
    authorizationDetails: _a,
    grantedAuthorizationDetails: _g,
    ...kept
  } = stored.details;
  const refreshTokenJkt = kept.refreshTokenJkt ?? binding.refreshTokenJkt;
  return {
    ...kept,
    ...(binding.confirmation ? { confirmation: { ...kept.confirmation, ...binding.confirmation } } : {}),
    ...(refreshTokenJkt === undefined ? {} : { refreshTokenJkt }),
    ...keptAuthorizationDetails(grantedDetails(stored), narrowing.authorizationDetails),
    lastRefreshedAt: now,
  };
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

/**
 * Puts the new tokens in place of the old.
 *
 * @returns that it did; that the refresh token was not there any more to be used; or that what the tokens stand for has changed
 *   since it was read: a refresh must not undo that.
 */
async function replaceToken(
  context: EngineContext,
  { stored, row, value, answer }: Refresh & { row: AccessToken; answer: Response<"auth/token"> },
): Promise<"replaced" | "spent" | "changed"> {
  const { serviceId } = context;
  const refreshTokenHash = hashOf(value);
  const isRotated = row.refreshTokenHash !== refreshTokenHash;
  const sealedAnswer =
    isRotated && context.service.refreshTokenIdempotent ? sealAnswer(context, value, answer) : undefined;
  return context.store.write(async (transaction) => {
    const current = await transaction.findToken(serviceId, row.id);
    if (current?.refreshTokenHash !== refreshTokenHash) return "spent";
    if (basisOf(current) !== basisOf(stored)) return "changed";
    if (await transaction.findByAccessToken(serviceId, row.accessTokenHash)) refuse("A053101");
    if (!(await transaction.replaceToken(refreshTokenHash, row))) return "spent";
    if (isRotated) {
      await transaction.insertSpentRefreshToken({
        refreshTokenHash,
        serviceId,
        tokenId: row.id,
        spentAt: context.now,
        expiresAt: stored.refreshTokenExpiresAt ?? context.now,
        sealedAnswer,
      });
    }
    return "replaced";
  });
}

/** What a refresh is made of: everything of a token but its last access token. */
function basisOf({ details, ...token }: AccessToken): string {
  const { lastRefreshedAt: _last, ...lasting } = details;
  const { accessTokenHash: _hash, accessTokenExpiresAt: _end, accessTokenDuration: _life, ...grant } = token;
  const { createdAt: _start, scopes, accessTokenResources: _resources, ...basis } = grant;
  return JSON.stringify({ ...basis, refreshTokenScopes: token.refreshTokenScopes ?? scopes, lasting });
}
