import type { Client } from "../../authlete/client.ts";
import type { Service } from "../../authlete/service.ts";
import { lifetime } from "../access-token/lifetime.ts";
import type { EngineContext } from "../context.ts";
import { setOwnMember } from "../own-member.ts";
import { endUserClaims } from "./end-user-claims.ts";
import { halfHash } from "./half-hash.ts";
import type { IdTokenRequest } from "./id-token.ts";
import { idTokenSignAlg } from "./protection.ts";
import { subjectForClient } from "./subject-for-client.ts";

/** Claims of the push mode (CIBA Core 10.3.1). */
const RT_HASH = "urn:openid:params:jwt:claim:rt_hash";
const AUTH_REQ_ID = "urn:openid:params:jwt:claim:auth_req_id";

/** Claims that only the engine sets, even where this ID token has none of them. */
const ownClaims: ReadonlySet<string> = new Set([
  "iss",
  "sub",
  "aud",
  "azp",
  "exp",
  "iat",
  "auth_time",
  "acr",
  "nonce",
  "at_hash",
  "c_hash",
  "s_hash",
  "sid",
  "ds_hash",
  RT_HASH,
  AUTH_REQ_ID,
]);

/** The payload of an ID token (OIDC Core 2): what the engine knows, then claims of the end-user that do not touch it. */
export function idTokenClaims(context: EngineContext, request: IdTokenRequest): Record<string, unknown> {
  const claims: Record<string, unknown> = {
    ...identityClaims(context, request),
    ...authenticationClaims(context, request),
    ...hashClaims(context, request),
  };
  for (const [name, value] of endUserClaims(context.service, request)) {
    if (!ownClaims.has(name)) setOwnMember(claims, name, value);
  }
  return claims;
}

/** `azp` never: the client is the only audience (OIDC Core 2). */
function identityClaims(context: EngineContext, { client, grant }: IdTokenRequest) {
  const { service, now } = context;
  const iat = Math.floor(now / 1000);
  const { scopes } = grant;
  const duration = lifetime({ kind: "idTokenDuration", service, client, scopes, requested: undefined });
  return {
    iss: service.issuer,
    sub: subjectForClient(context, client, { subject: grant.subject, sub: grant.idToken?.sub }),
    aud: audience(service, client, grant),
    exp: iat + duration,
    iat,
  };
}

/** A client that calls itself by its alias looks for the alias. A list unless somebody wants a text. */
export function audience(
  service: Service,
  client: Client,
  grant: Pick<IdTokenRequest["grant"], "clientIdAliasUsed" | "idToken">,
): string | string[] {
  const alias = grant.clientIdAliasUsed ? client.clientIdAlias : undefined;
  const identifier = alias || String(client.clientId);
  const type = grant.idToken?.audienceType ?? service.idTokenAudType;
  return type === "string" ? identifier : [identifier];
}

/** The session is told only where Native SSO or logout gives it a meaning. */
function authenticationClaims(
  { service }: EngineContext,
  { grant, deviceSecretHash, authReqId }: IdTokenRequest,
) {
  const { authTime, acr, idToken, sessionId } = grant;
  const tellsSession = service.nativeSsoSupported || service.backchannelLogoutSessionSupported;
  return {
    ...(authTime === undefined ? {} : { auth_time: authTime }),
    ...(acr ? { acr } : {}),
    ...(idToken?.nonce === undefined ? {} : { nonce: idToken.nonce }),
    ...(tellsSession && sessionId ? { sid: sessionId } : {}),
    ...(deviceSecretHash ? { ds_hash: deviceSecretHash } : {}),
    ...(authReqId === undefined ? {} : { [AUTH_REQ_ID]: authReqId }),
  };
}

function hashClaims(context: EngineContext, { client, vouchesFor = {} }: IdTokenRequest) {
  const { accessToken, code, state, refreshToken } = vouchesFor;
  const half = (value: string) => halfHash(context, idTokenSignAlg(client), value);
  return {
    ...(accessToken === undefined ? {} : { at_hash: half(accessToken) }),
    ...(code === undefined ? {} : { c_hash: half(code) }),
    ...(state === undefined ? {} : { s_hash: half(state) }),
    ...(refreshToken === undefined ? {} : { [RT_HASH]: half(refreshToken) }),
  };
}
