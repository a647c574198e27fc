import type { Response } from "../../authlete/operations.ts";
import { attributeMembers, clientMembers } from "../client/client-members.ts";
import type { EngineContext } from "../context.ts";
import { result } from "../refusal.ts";
import type { AnonymousGrantRequest } from "../token/grant.ts";
import { grantableScopes } from "../token/scopes.ts";
import { type Examined, examineToken } from "./input-token.ts";
import { exchangeForNativeSso } from "./native-sso.ts";
import { readTokenExchange, type TokenExchange } from "./parameters.ts";
import { checkMayExchangeTokens } from "./permission.ts";

/**
 * Token exchange (RFC 8693) up to the decision of the caller: nothing is issued or kept here, except in Native SSO. What the
 * engine cannot verify, signatures of foreign JWTs and SAML assertions above all, is left to the caller.
 */
export async function tokenExchangeGrant(
  context: EngineContext,
  request: AnonymousGrantRequest,
): Promise<Response<"auth/token">> {
  checkMayExchangeTokens(context.service, request.caller?.client);
  const exchange = readTokenExchange(context.service, request.form);
  const { subjectToken, actorToken } = exchange;
  const subject = await examineToken(context, subjectToken);
  const actor = actorToken && (await examineToken(context, actorToken));
  if (actorToken?.type === "DEVICE_SECRET") {
    return exchangeForNativeSso(context, request, { exchange, deviceSecret: actorToken.value, subject });
  }
  return answerExchange(context, request, { exchange, subject, actor });
}

type Passed = { exchange: TokenExchange; subject: Examined; actor: Examined | undefined };

function answerExchange(
  context: EngineContext,
  { caller }: AnonymousGrantRequest,
  { exchange, subject, actor }: Passed,
): Response<"auth/token"> {
  const { subjectToken, actorToken, requestedTokenType, audiences, resources } = exchange;
  const scopes = caller ? grantableScopes(context.service, caller.client, exchange.scopes) : [];
  return {
    ...result("A311001", "The token exchange can go on: verify the tokens, then decide what to issue."),
    action: "TOKEN_EXCHANGE",
    grantType: "TOKEN_EXCHANGE",
    ...(caller ? { clientAuthMethod: caller.clientAuthMethod } : {}),
    ...(caller ? clientMembers(caller.client, caller.aliasUsed) : {}),
    ...(scopes.length > 0 ? { scopes } : {}),
    ...(resources.length > 0 ? { resources } : {}),
    ...(audiences.length > 0 ? { audiences } : {}),
    ...(requestedTokenType ? { requestedTokenType } : {}),
    subjectToken: subjectToken.value,
    subjectTokenType: subjectToken.type,
    ...(subject.info ? { subjectTokenInfo: subject.info } : {}),
    ...(actorToken ? { actorToken: actorToken.value, actorTokenType: actorToken.type } : {}),
    ...(actor?.info ? { actorTokenInfo: actor.info } : {}),
    ...attributeMembers(context.service, caller?.client ?? {}),
  };
}
