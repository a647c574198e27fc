import type { GrantType } from "../authlete/enumerations.ts";
import type { AuthorizationDetails, Grant, Property } from "../authlete/members.ts";

import type { IdTokenGrant } from "./grant/authorized-grant.ts";
import type { GeneratedAlgorithm } from "./keys.ts";

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
  /** What the tokens will be bound to: the request that asked for them proved it. */
  details: Pick<TokenDetails, "confirmation" | "refreshTokenJkt">;
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
  /** The session of the end-user that the tokens belong to. */
  sessionId: string | undefined;
  /** The grant that the tokens came of (Grant Management for OAuth 2.0). */
  grantId: string | undefined;
  details: TokenDetails;
  createdAt: number;
};

/** What is known of a token beyond what every token has. All of it may be absent. */
export type TokenDetails = {
  /** What the access token is bound to: whoever presents it has to prove that they hold the key. */
  confirmation?: Confirmation;
  /** The DPoP key of a public client, that its refresh token is bound to (RFC 9449 5). */
  refreshTokenJkt?: string;
  /** RFC 9396. */
  authorizationDetails?: AuthorizationDetails;
  /** Those of the grant, where the access token is for less. */
  grantedAuthorizationDetails?: AuthorizationDetails;
  /** How and when the end-user was authenticated. Seconds since the epoch. */
  acr?: string;
  authTime?: number;
  /** The `userinfo` part of the claims request (JSON text), the names of all claims asked for, and those consented to. */
  userInfoClaims?: string;
  claimNames?: string[];
  consentedClaims?: string[];
  /** For ID tokens that are issued again. */
  idToken?: Pick<IdTokenGrant, "sub" | "audienceType" | "authTimeRequired" | "requestedClaims">;
  /** For the first ID token of Native SSO, which `nativesso` makes: parts of the request that it answers. */
  nativeSso?: { nonce?: string; state?: string };
  forExternalAttachment?: boolean;
  /** Milliseconds since the epoch. */
  lastRefreshedAt?: number;
};

/** Members of `cnf` (RFC 7800): the thumbprint of a certificate (RFC 8705 3.1) or of a DPoP key (RFC 9449 6.1). */
export type Confirmation = { "x5t#S256"?: string; jkt?: string };

/** The scopes an end-user has granted to a client, last time and ever. They outlive the tokens. */
export type GrantedScopes = {
  serviceId: string;
  clientId: number;
  subject: string;
  latest: string[];
  merged: string[];
  modifiedAt: number;
};

/** A grant that the client can refer to by its identifier (Grant Management for OAuth 2.0). */
export type ManagedGrant = {
  serviceId: string;
  grantId: string;
  clientId: number;
  subject: string;
  grant: Grant;
  createdAt: number;
  updatedAt: number;
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

/** A signing key of the service that rotation takes care of. Timestamps are milliseconds since the epoch. */
export type SigningKey = {
  serviceId: string;
  alg: GeneratedAlgorithm;
  /** Counts the keys of this algorithm. */
  generation: number;
  kid: string;
  /** The private key as JWK, JSON text. It is stored sealed. */
  jwk: string;
  createdAt: number;
  /** From when it signs. It is published before. */
  activeAt: number;
};
