import type { JwsAlg } from "../../authlete/enumerations.ts";
import { authorizationDetailsJson } from "../authorization-details/json.ts";
import type { EngineContext } from "../context.ts";
import { readCompactJws } from "../jose/compact.ts";
import { jwsAlgorithm, verifySignature } from "../jose/jws-algorithm.ts";
import { signForAll } from "../jose/sign.ts";
import { setOwnMember } from "../own-member.ts";
import type { AccessToken } from "../records.ts";
import { grantTypeValue } from "../token/grant-type.ts";
import { visibleProperties } from "./properties.ts";

/** Claims that only the engine sets, even where this token has none of them. */
const ownClaims: ReadonlySet<string> = new Set([
  "iss",
  "sub",
  "client_id",
  "scope",
  "exp",
  "iat",
  "jti",
  "cnf",
  "authorization_details",
  "grant_id",
  "grant_type",
]);

/**
 * The JWT form of an access token (RFC 9068 2): the random value is its `jti`.
 *
 * @returns the JWT, or `undefined` when the service has no single key for its algorithm, or the claims are too deep.
 */
export function signAccessToken(
  context: EngineContext,
  token: AccessToken,
  value: string,
): string | undefined {
  const { accessTokenSignAlg, accessTokenSignatureKeyId } = context.service;
  return signForAll(context, {
    alg: accessTokenSignAlg,
    keyId: accessTokenSignatureKeyId,
    typ: "at+jwt",
    payload: claimsOf(context, token, value),
  }).jwt;
}

/** Standard claims win over `jwtAtClaims`, and those over properties. */
function claimsOf(context: EngineContext, token: AccessToken, value: string): Record<string, unknown> {
  const claims: Record<string, unknown> = {
    iss: context.service.issuer,
    ...(token.subject === undefined ? {} : { sub: token.subject }),
    client_id: String(token.clientId),
    ...(token.scopes.length > 0 ? { scope: token.scopes.join(" ") } : {}),
    ...(token.accessTokenResources.length > 0 ? { aud: token.accessTokenResources } : {}),
    exp: Math.floor(token.accessTokenExpiresAt / 1000),
    iat: Math.floor(context.now / 1000),
    jti: value,
    grant_type: grantTypeValue(token.grantType),
    ...grantClaims(token),
  };
  const add = ([name, claim]: [string, unknown]) => {
    if (!Object.hasOwn(claims, name) && !ownClaims.has(name)) setOwnMember(claims, name, claim);
  };
  if (token.jwtAtClaims !== undefined) Object.entries(JSON.parse(token.jwtAtClaims)).forEach(add);
  for (const property of visibleProperties(token.properties)) add(property);
  return claims;
}

/** What the token is bound to, what it stands for, and how its subject was authenticated (RFC 7800, RFC 9396 9.1, RFC 9068 2.2.1). */
function grantClaims({ grantId, details }: AccessToken) {
  const { confirmation, authorizationDetails, acr, authTime } = details;
  return {
    ...(confirmation ? { cnf: confirmation } : {}),
    ...(authorizationDetails
      ? { authorization_details: authorizationDetailsJson(authorizationDetails) }
      : {}),
    ...(grantId === undefined ? {} : { grant_id: grantId }),
    ...(acr === undefined ? {} : { acr }),
    ...(authTime === undefined ? {} : { auth_time: authTime }),
  };
}

const COMPACT = /^eyJ[\w-]*\.[\w-]+\.[\w-]+$/;

/** Whether a token has the shape of a JWT. */
export function looksLikeJwt(token: string): boolean {
  return token.startsWith("eyJ") && COMPACT.test(token);
}

/** Why a JWT is not one of our access tokens. */
export type JwtRefusalCode = "A057304" | "A057305" | "A057306";

/** The random value in a JWT access token of this service, or the code of what is wrong with it. */
export function readJwtAccessToken(
  context: EngineContext,
  token: string,
): { value: string } | { code: JwtRefusalCode } {
  const jws = readCompactJws(token);
  const parsed = jws && readHeader(jws.header);
  if (!parsed) return { code: "A057304" };
  const isGenuine = context.keys
    .verificationKeys(context.service, parsed)
    .some((key) => verifySignature(jws, parsed.algorithm, key));
  if (!isGenuine) return { code: "A057305" };
  const jti = jws.payload?.jti;
  return typeof jti === "string" ? { value: jti } : { code: "A057306" };
}

/** `typ` keeps other JWTs of this service, such as ID tokens, from passing (RFC 9068 4). */
function readHeader({ alg, kid, typ }: Record<string, unknown>) {
  const algorithm = jwsAlgorithm(alg);
  const isAccessToken = typeof typ === "string" && /^(application\/)?at\+jwt$/i.test(typ);
  if (!algorithm || !isAccessToken) return undefined;
  return { alg: alg as JwsAlg, algorithm, kid: typeof kid === "string" ? kid : undefined };
}
