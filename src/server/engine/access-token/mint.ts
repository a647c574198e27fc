import type { Client } from "../../authlete/client.ts";
import { hashOf } from "../../secret/hash.ts";
import type { EngineContext } from "../context.ts";
import { givenNonEmptyText } from "../given.ts";
import { randomValue, rowId } from "../random-value.ts";
import type { AccessToken } from "../records.ts";
import { type RefusalCode, refuse } from "../refusal.ts";
import { signAccessToken } from "./jwt.ts";
import { lifetime } from "./lifetime.ts";

/** What was granted to whom: the part of a token that does not come from chance or the clock. */
export type Grant = Pick<
  AccessToken,
  | "clientId"
  | "clientIdAliasUsed"
  | "subject"
  | "grantType"
  | "scopes"
  | "properties"
  | "resources"
  | "accessTokenResources"
  | "jwtAtClaims"
> &
  Partial<Pick<AccessToken, "sessionId" | "grantId" | "details">> & { client: Client };

/** A refresh token to go with an access token. `expiresAt` in milliseconds, `duration` in seconds. */
export type RefreshToken = { value: string; expiresAt: number; duration: number; scopes: string[] };

/** What a call says about the tokens it wants. */
export type Wishes = { accessToken?: unknown; accessTokenDuration?: unknown; refreshTokenDuration?: unknown };

/** Tokens with their values, and the row that will be stored of them. */
export type MintedToken = {
  row: AccessToken;
  accessToken: string;
  jwtAccessToken: string | undefined;
  refreshToken: string | undefined;
};

type MintOptions = {
  wishes: Wishes;
  refreshToken: RefreshToken | undefined;
  /** The key of the row. Random unless the row replaces another, or a grant has settled it. */
  id?: string;
  /** The row that a refresh replaces. */
  replaces?: AccessToken;
  /** The refusal when the service wants JWTs and none can be made. */
  jwtFailure: RefusalCode;
};

/** Makes the values and the row of an access token. Nothing is stored yet. */
export function mintToken(context: EngineContext, grant: Grant, options: MintOptions): MintedToken {
  const { client, ...granted } = grant;
  const accessToken = givenNonEmptyText(options.wishes.accessToken) ?? randomValue(context.random);
  const { refreshToken } = options;
  const row: AccessToken = {
    id: options.replaces?.id ?? options.id ?? rowId(context),
    serviceId: context.serviceId,
    sessionId: undefined,
    grantId: undefined,
    details: {},
    ...granted,
    accessTokenHash: hashOf(accessToken),
    ...accessTokenLife(context, grant, options),
    refreshTokenHash: refreshToken && hashOf(refreshToken.value),
    refreshTokenExpiresAt: refreshToken?.expiresAt,
    refreshTokenDuration: refreshToken?.duration,
    refreshTokenScopes: refreshToken?.scopes,
    createdAt: context.now,
  };
  const jwtAccessToken = context.service.accessTokenSignAlg
    ? (signAccessToken(context, row, accessToken) ?? refuse(options.jwtFailure))
    : undefined;
  return { row, accessToken, jwtAccessToken, refreshToken: refreshToken?.value };
}

/** Where expirations are linked, an access token does not outlive its refresh token. */
function accessTokenLife(
  { service, now }: EngineContext,
  { client, scopes }: Grant,
  { wishes, refreshToken }: MintOptions,
): Pick<AccessToken, "accessTokenDuration" | "accessTokenExpiresAt"> {
  const requested = wishes.accessTokenDuration;
  const duration = lifetime({ kind: "accessTokenDuration", service, client, scopes, requested });
  const expiresAt = now + duration * 1000;
  if (!service.tokenExpirationLinked || !refreshToken || refreshToken.expiresAt >= expiresAt) {
    return { accessTokenDuration: duration, accessTokenExpiresAt: expiresAt };
  }
  return {
    accessTokenDuration: Math.floor((refreshToken.expiresAt - now) / 1000),
    accessTokenExpiresAt: refreshToken.expiresAt,
  };
}

/** Makes a refresh token. */
export function mintRefreshToken(
  { service, now, random }: EngineContext,
  { client, scopes }: { client: Client; scopes: readonly string[] },
  wishes: Wishes,
): RefreshToken {
  const requested = wishes.refreshTokenDuration;
  const duration = lifetime({ kind: "refreshTokenDuration", service, client, scopes, requested });
  return { value: randomValue(random), expiresAt: now + duration * 1000, duration, scopes: [...scopes] };
}
