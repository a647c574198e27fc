import type { GrantType } from "../authlete/enumerations.ts";
import type { Property } from "../authlete/members.ts";

/**
 * What the engine stores. Values that give power are kept as `hashOf` them, never as themselves.
 * Timestamps are milliseconds since the epoch.
 */

/** A password grant that waits for `auth/token/issue` or `auth/token/fail`. */
export type TokenTicket = {
  ticketHash: string;
  serviceId: string;
  clientId: number;
  clientIdAlias: string | undefined;
  clientIdAliasUsed: boolean;
  scopes: string[];
  resources: string[];
  createdAt: number;
  expiresAt: number;
};

/** An access token and the refresh token coupled to it. */
export type AccessToken = {
  /** Stays the same when the tokens are refreshed. */
  id: string;
  serviceId: string;
  accessTokenHash: string;
  accessTokenExpiresAt: number;
  /** What the access token lives for, in seconds, as it was granted. */
  accessTokenDuration: number;
  refreshTokenHash: string | undefined;
  refreshTokenExpiresAt: number | undefined;
  refreshTokenDuration: number | undefined;
  /** The scopes of the original grant; a refresh may narrow `scopes`, never these. */
  refreshTokenScopes: string[] | undefined;
  clientId: number;
  clientIdAliasUsed: boolean;
  /** Absent for client credentials. */
  subject: string | undefined;
  grantType: GrantType;
  scopes: string[];
  properties: Property[];
  /** Target resources of the original grant (RFC 8707). */
  resources: string[];
  /** The resources this access token is for: those of the grant, or fewer after a narrowing refresh. */
  accessTokenResources: string[];
  /** JSON text of the extra claims of a JWT access token. */
  jwtAtClaims: string | undefined;
  createdAt: number;
};

/** A refresh token that was exchanged. Within the idempotency window it yields the same pair again. */
export type SpentRefreshToken = {
  refreshTokenHash: string;
  serviceId: string;
  tokenId: string;
  spentAt: number;
  expiresAt: number;
  /** The answer it was exchanged for, readable only with the spent refresh token itself. */
  sealedAnswer: string | undefined;
};
