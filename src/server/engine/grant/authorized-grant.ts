import type { AuthorizationDetails, Property } from "../../authlete/members.ts";

/**
 * What an end-user has authorized a client to have: what stands between the decision (`auth/authorization/issue`,
 * `device/complete`, `backchannel/authentication/complete`) and the token request that turns it into tokens.
 */
export type AuthorizedGrant = {
  /** The key that the row of the tokens will have, so that a code that is used again can revoke what it produced. */
  tokenId: string;
  clientId: number;
  clientIdAliasUsed: boolean;
  subject: string;
  scopes: string[];
  /** RFC 8707. */
  resources: string[];
  properties: Property[];
  /** RFC 9396. */
  authorizationDetails?: AuthorizationDetails;
  /** JSON text of extra payload claims of a JWT access token. */
  jwtAtClaims?: string;
  /** Seconds; given by the caller of the decision. */
  accessTokenDuration?: number;
  refreshTokenDuration?: number;
  /** How and when the end-user was authenticated. Seconds since the epoch. */
  acr?: string;
  authTime?: number;
  /** Everything for ID tokens of this grant. */
  idToken?: IdTokenGrant;
  /** The `userinfo` part of the claims request and the names of all claims that scopes and it ask for. */
  userInfoClaims?: string;
  claimNames?: string[];
  consentedClaims?: string[];
  /** The session of the end-user: `sid` of ID tokens, and what Native SSO is bound to. */
  sessionId?: string;
  /** Grant Management for OAuth 2.0. */
  grantId?: string;
};

/** What a decision says about the ID tokens that come of it (OIDC Core 2). */
export type IdTokenGrant = {
  /** `sub` in place of the subject. */
  sub?: string;
  nonce?: string;
  /** JSON text of claims of the end-user. */
  claims?: string;
  /** JSON text of members for the header. */
  headerParameters?: string;
  audienceType?: "array" | "string";
  /** The client or the request demands `auth_time`. */
  authTimeRequired?: boolean;
  /** Names of claims that the `id_token` part of the claims request asks for. */
  requestedClaims?: string[];
};
