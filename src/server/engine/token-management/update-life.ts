import type { Client } from "../../authlete/client.ts";
import { lifetime } from "../access-token/lifetime.ts";
import type { EngineContext } from "../context.ts";
import { LONGEST_SECONDS } from "../given.ts";
import type { AccessToken } from "../records.ts";
import type { UpdateRequest } from "./update.ts";

type Kind = "accessTokenDuration" | "refreshTokenDuration";

type LifeChange = { request: UpdateRequest; client: Client; scopes: readonly string[] | undefined };

/**
 * When a token and its refresh token end after a change: at the times that the call names or, where it wants that, after the
 * lifetimes of its new scopes. A token without a refresh token gets none by this.
 */
export function changedLife(
  context: EngineContext,
  token: AccessToken,
  change: LifeChange,
): Partial<AccessToken> {
  const { now } = context;
  const access = accessTokenEnd(context, change);
  const refresh = token.refreshTokenHash === undefined ? undefined : refreshTokenEnd(context, change);
  return {
    ...(access && { accessTokenExpiresAt: access, accessTokenDuration: secondsUntil(access, now) }),
    ...(refresh && { refreshTokenExpiresAt: refresh, refreshTokenDuration: secondsUntil(refresh, now) }),
  };
}

function accessTokenEnd(context: EngineContext, change: LifeChange): number | undefined {
  const { accessTokenPersistent, accessTokenExpiresAt, accessTokenExpiresAtUpdatedOnScopeUpdate } =
    change.request;
  if (accessTokenPersistent === true) return farthest(context);
  const isByScopes = accessTokenExpiresAtUpdatedOnScopeUpdate === true;
  return (
    moment(context, accessTokenExpiresAt) ??
    (isByScopes ? endOfNewScopes(context, change, "accessTokenDuration") : undefined)
  );
}

function refreshTokenEnd(context: EngineContext, change: LifeChange): number | undefined {
  const { refreshTokenExpiresAt, refreshTokenExpiresAtUpdatedOnScopeUpdate } = change.request;
  const isByScopes = refreshTokenExpiresAtUpdatedOnScopeUpdate === true;
  return (
    moment(context, refreshTokenExpiresAt) ??
    (isByScopes ? endOfNewScopes(context, change, "refreshTokenDuration") : undefined)
  );
}

function endOfNewScopes(
  { service, now }: EngineContext,
  { client, scopes }: LifeChange,
  kind: Kind,
): number | undefined {
  if (!scopes) return undefined;
  return now + lifetime({ kind, service, client, scopes, requested: undefined }) * 1000;
}

/** Milliseconds since the epoch; 0 and less keep what there is. */
function moment(context: EngineContext, value: unknown): number | undefined {
  if (typeof value !== "number" || !(value >= 1)) return undefined;
  return Math.min(Math.floor(value), farthest(context));
}

/** 68 years from now; timestamps stay exact. */
function farthest({ now }: EngineContext): number {
  return now + LONGEST_SECONDS * 1000;
}

function secondsUntil(expiresAt: number, now: number): number {
  return Math.max(0, Math.floor((expiresAt - now) / 1000));
}
