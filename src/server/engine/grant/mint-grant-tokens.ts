import type { Client } from "../../authlete/client.ts";
import type { GrantType } from "../../authlete/enumerations.ts";
import { mintRefreshToken, mintToken, type Wishes } from "../access-token/mint.ts";
import { keptAuthorizationDetails } from "../authorization-details/narrowed.ts";
import type { EngineContext } from "../context.ts";
import { givenSeconds } from "../given.ts";
import { type IdTokenRequest, idTokenFor } from "../id-token/id-token.ts";
import type { TokenDetails } from "../records.ts";
import type { RefusalCode } from "../refusal.ts";
import { type Binding, bindingDetails } from "../sender-constraint/binding.ts";
import { refreshTokenIsIssued } from "../token/grant-type.ts";
import type { IssuedTokens } from "../token/token-answer.ts";
import type { AuthorizedGrant } from "./authorized-grant.ts";

/** A grant and how it is turned into tokens. */
export type GrantTokensRequest = {
  client: Client;
  /** Its scopes, resources and authorization details are those of the refresh token too. */
  grant: AuthorizedGrant;
  grantType: GrantType;
  binding: Pick<Binding, "confirmation" | "refreshTokenJkt">;
  /** What the call wants of the tokens. It wins over what was said when the grant was given. */
  wishes: Wishes;
  /** What the client asked the access token to be for, where that is less than the grant (RFC 8707 2.2, RFC 9396 6). */
  narrowed?: Partial<Pick<AuthorizedGrant, "resources" | "authorizationDetails">>;
  /** Present: where the scopes ask for an authentication, an ID token is made, like this. */
  idToken?: Pick<IdTokenRequest, "claimsAsGiven" | "vouchesFor">;
  /** More to keep with the tokens. */
  details?: TokenDetails;
  /** The refusal when the service wants JWT access tokens and none can be made. */
  jwtFailure: RefusalCode;
};

/**
 * Makes the tokens of a grant: an access token, a refresh token where service and client use them, and an ID token. Nothing
 * is stored: whoever calls spends what the grant came from and inserts `row` in one transaction.
 *
 * @throws Refusal when a JWT access token or an ID token cannot be made.
 */
export async function mintGrantTokens(
  context: EngineContext,
  request: GrantTokensRequest,
): Promise<IssuedTokens> {
  const { client, grant, narrowed } = request;
  const { tokenId, clientId, clientIdAliasUsed, subject, scopes, properties, resources } = grant;
  const wishes = wishesOf(request);
  const minted = mintToken(
    context,
    {
      client,
      clientId,
      clientIdAliasUsed,
      subject,
      grantType: request.grantType,
      scopes,
      properties,
      resources,
      accessTokenResources: narrowed?.resources ?? resources,
      jwtAtClaims: grant.jwtAtClaims,
      sessionId: grant.sessionId,
      grantId: grant.grantId,
      details: detailsOf(request),
    },
    {
      id: tokenId,
      wishes,
      refreshToken: refreshTokenOf(context, request, wishes),
      jwtFailure: request.jwtFailure,
    },
  );
  return { ...minted, idToken: await idTokenOf(context, request) };
}

/** Access tokens of the front channel are never refreshed (RFC 6749 4.2.2). */
function refreshTokenOf(
  context: EngineContext,
  { client, grant, grantType }: GrantTokensRequest,
  wishes: Wishes,
) {
  if (grantType === "IMPLICIT" || !refreshTokenIsIssued(context.service, client)) return undefined;
  return mintRefreshToken(context, { client, scopes: grant.scopes }, wishes);
}

async function idTokenOf(context: EngineContext, { client, grant, idToken }: GrantTokensRequest) {
  if (!idToken || !grant.scopes.includes("openid")) return undefined;
  return idTokenFor(context, { client, grant, besideAccessToken: true, ...idToken });
}

function wishesOf({ wishes, grant }: GrantTokensRequest): Wishes {
  return {
    accessToken: wishes.accessToken,
    accessTokenDuration: givenSeconds(wishes.accessTokenDuration) ?? grant.accessTokenDuration,
    refreshTokenDuration: givenSeconds(wishes.refreshTokenDuration) ?? grant.refreshTokenDuration,
  };
}

function detailsOf({ grant, binding, narrowed, details }: GrantTokensRequest): TokenDetails {
  return {
    ...bindingDetails(binding),
    ...keptAuthorizationDetails(grant.authorizationDetails, narrowed?.authorizationDetails),
    ...(grant.acr === undefined ? {} : { acr: grant.acr }),
    ...(grant.authTime === undefined ? {} : { authTime: grant.authTime }),
    ...(grant.userInfoClaims === undefined ? {} : { userInfoClaims: grant.userInfoClaims }),
    ...(grant.claimNames === undefined ? {} : { claimNames: grant.claimNames }),
    ...(grant.consentedClaims === undefined ? {} : { consentedClaims: grant.consentedClaims }),
    ...idTokenDetails(grant),
    ...details,
  };
}

/** What stays true for ID tokens that are issued later: not the nonce, which belongs to one request. */
function idTokenDetails({ idToken }: AuthorizedGrant): TokenDetails {
  if (!idToken) return {};
  const { sub, audienceType, authTimeRequired, requestedClaims } = idToken;
  return {
    idToken: {
      ...(sub === undefined ? {} : { sub }),
      ...(audienceType === undefined ? {} : { audienceType }),
      ...(authTimeRequired === undefined ? {} : { authTimeRequired }),
      ...(requestedClaims === undefined ? {} : { requestedClaims }),
    },
  };
}
