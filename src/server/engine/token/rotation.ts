import type { Client } from "../../authlete/client.ts";
import { mintRefreshToken, type RefreshToken, type Wishes } from "../access-token/mint.ts";
import { fapiModes, isFapi2 } from "../client-authentication/fapi-mode.ts";
import type { EngineContext } from "../context.ts";
import { givenSeconds } from "../given.ts";
import type { AccessToken } from "../records.ts";

type Rotation = { stored: AccessToken; value: string; client: Client; wishes: Wishes };

/**
 * The refresh token after a refresh. A kept one stays what it is, and its time starts again only where the service says
 * so. A rotated one is new; it inherits the time that was left where the service says so and the call names no duration.
 * In a FAPI 2 mode it is kept: an answer that gets lost would take the grant along (FAPI 2 5.3.2.1-9).
 */
export function nextRefreshToken(
  context: EngineContext,
  { stored, value, client, wishes }: Rotation,
): RefreshToken {
  const { refreshTokenKept, refreshTokenDurationReset, refreshTokenDurationKept } = context.service;
  const isKept = refreshTokenKept === true || isFapi2(fapiModes(context.service, client));
  const scopes = stored.refreshTokenScopes ?? stored.scopes;
  const fresh = mintRefreshToken(context, { client, scopes }, wishes);
  const inherited = {
    expiresAt: stored.refreshTokenExpiresAt ?? fresh.expiresAt,
    duration: stored.refreshTokenDuration ?? fresh.duration,
  };
  if (isKept) {
    return refreshTokenDurationReset ? { ...fresh, value } : { ...fresh, ...inherited, value };
  }
  const isInherited = refreshTokenDurationKept && givenSeconds(wishes.refreshTokenDuration) === undefined;
  return isInherited ? { ...fresh, ...inherited } : fresh;
}
