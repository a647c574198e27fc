import type { GrantType } from "../../authlete/enumerations.ts";
import type { Response } from "../../authlete/operations.ts";
import type { ClientCredentials } from "../client-authentication/credentials.ts";
import type { EngineContext } from "../context.ts";
import { jwtBearerGrant } from "../jwt-bearer/jwt-bearer-grant.ts";
import { tokenExchangeGrant } from "../token-exchange/token-exchange-grant.ts";
import type { AnonymousGrantRequest } from "./grant.ts";
import { checkServiceSupportsGrantType } from "./grant-type.ts";

type AnonymousGrantRule = (
  context: EngineContext,
  request: AnonymousGrantRequest,
) => Promise<Response<"auth/token">>;

/** Grant types that are decided by the caller of the engine, and so may come from a client that does not name itself (RFC 7521 4.1). */
const rules: Partial<Record<GrantType, AnonymousGrantRule>> = {
  TOKEN_EXCHANGE: tokenExchangeGrant,
  JWT_BEARER: jwtBearerGrant,
};

/**
 * The rule for a request that names no client, where its grant type does without one. FAPI modes do not: they want every client to
 * prove who it is.
 */
export function anonymousGrantRule(
  { service }: EngineContext,
  grantType: GrantType,
  { header, form }: ClientCredentials,
): AnonymousGrantRule | undefined {
  const isNamed =
    header.clientId !== undefined ||
    header.clientSecret !== undefined ||
    ["client_id", "client_secret", "client_assertion"].some((name) => form.has(name));
  if (isNamed || service.fapiModes?.length) return undefined;
  return rules[grantType];
}

/** Answers a request that names no client. There is nobody whose tokens could be bound to anything. */
export function answerAnonymously(
  context: EngineContext,
  rule: AnonymousGrantRule,
  { grantType, ...request }: Omit<AnonymousGrantRequest, "caller" | "binding"> & { grantType: GrantType },
): Promise<Response<"auth/token">> {
  checkServiceSupportsGrantType(context.service, grantType);
  const binding = { confirmation: undefined, refreshTokenJkt: undefined, jkt: undefined };
  return rule(context, { ...request, caller: undefined, binding });
}
