import type { Response } from "../../authlete/operations.ts";
import { checkPropertiesSize, readProperties } from "../access-token/properties.ts";
import { isStorable } from "../client-authentication/identify-client.ts";
import type { EngineContext } from "../context.ts";
import type { AuthorizedGrant } from "../grant/authorized-grant.ts";
import { mintGrantTokens } from "../grant/mint-grant-tokens.ts";
import { rowId } from "../random-value.ts";
import type { AccessToken } from "../records.ts";
import { refuse, result } from "../refusal.ts";
import type { AnonymousGrantRequest, GrantRequest } from "../token/grant.ts";
import { insertTokens } from "../token/insert-tokens.ts";
import { grantedScopes } from "../token/scopes.ts";
import { issuedMembers } from "../token/token-answer.ts";
import type { Examined } from "./input-token.ts";
import type { TokenExchange } from "./parameters.ts";

type Presented = { exchange: TokenExchange; deviceSecret: string; subject: Examined };

/** Tokens of a session that are looked at, the oldest first, to find a live one. */
const MOST_TOKENS = 100;

/**
 * The second half of Native SSO (OpenID Connect Native SSO for Mobile Apps 1.0, 4): another app of the device gets tokens of the
 * session that an ID token tells of. That session and device secret are good only the caller knows, who asks
 * `nativesso` for the ID token, or drops what was issued.
 */
export async function exchangeForNativeSso(
  context: EngineContext,
  request: AnonymousGrantRequest,
  { exchange, deviceSecret, subject }: Presented,
): Promise<Response<"auth/token">> {
  const { caller } = request;
  if (!caller) return refuse("A901309");
  checkAudience(context, exchange);
  const { sessionId, deviceSecretHash } = readSession(context, exchange, subject);
  const session = await findLiveToken(context, sessionId);
  const grant = grantOfSession(context, { ...request, caller }, { exchange, session });
  const issued = await mintGrantTokens(context, {
    client: caller.client,
    grant,
    grantType: "TOKEN_EXCHANGE",
    binding: request.binding,
    wishes: request.request,
    jwtFailure: "A901202",
  });
  await context.store.write((transaction) =>
    insertTokens(transaction, { context, client: caller.client, row: issued.row }, "A901101"),
  );
  const { responseContent: _body, ...members } = issuedMembers(context, caller.client, issued);
  return {
    ...result("A311002", "Tokens were issued; Native SSO needs an ID token to go with them."),
    action: "NATIVE_SSO",
    ...members,
    grantType: "TOKEN_EXCHANGE",
    clientAuthMethod: caller.clientAuthMethod,
    ...(exchange.resources.length > 0 ? { resources: exchange.resources } : {}),
    sessionId,
    deviceSecret,
    deviceSecretHash,
  };
}

function checkAudience({ service }: EngineContext, { audiences }: TokenExchange): void {
  if (audiences.length !== 1 || audiences[0] !== service.issuer) refuse("A311337");
}

/** Only an ID token that this service has signed tells of a session. */
function readSession(
  { service }: EngineContext,
  { subjectToken }: TokenExchange,
  { idTokenClaims }: Examined,
): { sessionId: string; deviceSecretHash: string } {
  const isOwn = subjectToken.type === "ID_TOKEN" && idTokenClaims?.iss === service.issuer;
  if (!isOwn || !idTokenClaims) return refuse("A901326");
  const { sid, ds_hash: deviceSecretHash } = idTokenClaims;
  if (typeof sid !== "string" || !isStorable(sid)) return refuse("A901327");
  if (typeof deviceSecretHash !== "string") return refuse("A901327");
  return { sessionId: sid, deviceSecretHash };
}

/**
 * A session lives as long as tokens of it do: after `nativesso/logout` its ID tokens lead nowhere. Its tokens also know the subject,
 * which `sub` of an ID token need not be.
 */
async function findLiveToken(
  { store, serviceId, now }: EngineContext,
  sessionId: string,
): Promise<AccessToken> {
  const tokens = await store.read.listTokens(serviceId, { sessionId }, { offset: 0, limit: MOST_TOKENS });
  const isLive = ({ accessTokenExpiresAt, refreshTokenExpiresAt = 0 }: AccessToken) =>
    Math.max(accessTokenExpiresAt, refreshTokenExpiresAt) > now;
  return tokens.find((token) => token.subject !== undefined && isLive(token)) ?? refuse("A901328");
}

function grantOfSession(
  context: EngineContext,
  { caller, request }: GrantRequest,
  { exchange, session }: { exchange: TokenExchange; session: AccessToken },
): AuthorizedGrant {
  const scopes = grantedScopes(context.service, caller.client, exchange.scopes);
  if (context.service.scopeRequired && scopes.length === 0) refuse("A901325");
  const properties = readProperties(request.properties);
  checkPropertiesSize(properties, "A901201");
  const { acr, authTime } = session.details;
  return {
    tokenId: rowId(context),
    clientId: caller.clientId,
    clientIdAliasUsed: caller.aliasUsed,
    subject: session.subject ?? refuse("A901328"),
    scopes,
    resources: exchange.resources,
    properties,
    ...(acr === undefined ? {} : { acr }),
    ...(authTime === undefined ? {} : { authTime }),
    ...(session.sessionId === undefined ? {} : { sessionId: session.sessionId }),
  };
}
