/** What is known of an active token. `expiresAt` is in milliseconds, `authTime` in seconds, since the epoch. */
export type ActiveToken = {
  issuer: string | undefined;
  /** Absent for a refresh token. */
  tokenType: string | undefined;
  clientId: string | undefined;
  subject: string | undefined;
  scopes: readonly string[] | undefined;
  audience: readonly string[] | undefined;
  expiresAt: number | undefined;
  acr: string | undefined;
  authTime: number | undefined;
  /** What the token is bound to (RFC 7800, RFC 8705 3.2, RFC 9449 6.2). */
  confirmation?: Readonly<Record<string, string>> | undefined;
  /** RFC 9396 9.2. */
  authorizationDetails?: readonly object[] | undefined;
  /** Grant Management for OAuth 2.0. */
  grantId?: string | undefined;
  /** Extra members, those that clients may see. They never stand in for a member that a specification gives a meaning. */
  properties: readonly { key: string; value: string }[];
};

/** Members with a meaning of their own: RFC 7662 section 2.2 and the registry of section 3.1. */
const REGISTERED: ReadonlySet<string> = new Set([
  "active",
  "scope",
  "client_id",
  "username",
  "token_type",
  "exp",
  "iat",
  "nbf",
  "sub",
  "aud",
  "iss",
  "jti",
  "cnf",
  "act",
  "may_act",
  "acr",
  "amr",
  "auth_time",
  "authorization_details",
  "grant_id",
  "vot",
  "vtm",
]);

/** The whole answer about a token that is not active: not a word about why (RFC 7662 section 2.2). */
export const inactiveToken = '{"active":false}';

/**
 * The answer about an active token (RFC 7662 section 2.2).
 *
 * @returns JSON text; what is not known is left out.
 */
export function activeToken(token: ActiveToken): string {
  return JSON.stringify(activeTokenMembers(token));
}

/** The members of the answer about an active token; those that are not known are `undefined`. */
export function activeTokenMembers(token: ActiveToken): Record<string, unknown> {
  const extra = token.properties.filter(({ key }) => !REGISTERED.has(key));
  const standard = {
    active: true,
    scope: joined(token.scopes),
    client_id: token.clientId,
    sub: token.subject,
    iss: token.issuer,
    exp: token.expiresAt === undefined ? undefined : Math.floor(token.expiresAt / 1000),
    token_type: token.tokenType,
    aud: token.audience?.length ? token.audience : undefined,
    acr: token.acr,
    auth_time: token.authTime || undefined,
    cnf: token.confirmation,
    authorization_details: token.authorizationDetails,
    grant_id: token.grantId,
  };
  if (extra.length === 0) return standard;
  return { ...Object.fromEntries(extra.map(({ key, value }) => [key, value])), ...standard };
}

function joined(scopes: readonly string[] | undefined): string | undefined {
  return scopes?.length ? scopes.join(" ") : undefined;
}
