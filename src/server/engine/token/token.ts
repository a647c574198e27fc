import type { GrantType } from "../../authlete/enumerations.ts";
import type { Request, Response } from "../../authlete/operations.ts";
import { authenticateClient } from "../client-authentication/authenticate-client.ts";
import { readCredentials } from "../client-authentication/credentials.ts";
import { checkFapiModes } from "../client-authentication/fapi-mode.ts";
import { identifyClient } from "../client-authentication/identify-client.ts";
import type { EngineContext } from "../context.ts";
import { type Form, parseForm } from "../form.ts";
import { jwtBearerGrant } from "../jwt-bearer/jwt-bearer-grant.ts";
import { refuse } from "../refusal.ts";
import { readBinding } from "../sender-constraint/binding.ts";
import { tokenExchangeGrant } from "../token-exchange/token-exchange-grant.ts";
import { anonymousGrantRule, answerAnonymously } from "./anonymous-grant.ts";
import { authorizationCodeGrant } from "./authorization-code-grant.ts";
import { cibaGrant } from "./ciba-grant.ts";
import { clientCredentialsGrant } from "./client-credentials-grant.ts";
import { deviceCodeGrant } from "./device-code-grant.ts";
import type { GrantRule } from "./grant.ts";
import { checkClientDeclaresGrantType, checkServiceSupportsGrantType, readGrantType } from "./grant-type.ts";
import { passwordGrant } from "./password-grant.ts";
import { refreshTokenGrant } from "./refresh-token-grant.ts";

const unsupported: GrantRule = async () => refuse("A049305");

const grants: Record<GrantType, GrantRule> = {
  PASSWORD: passwordGrant,
  CLIENT_CREDENTIALS: clientCredentialsGrant,
  REFRESH_TOKEN: refreshTokenGrant,
  AUTHORIZATION_CODE: authorizationCodeGrant,
  IMPLICIT: unsupported,
  CIBA: cibaGrant,
  DEVICE_CODE: deviceCodeGrant,
  TOKEN_EXCHANGE: tokenExchangeGrant,
  JWT_BEARER: jwtBearerGrant,
  PRE_AUTHORIZED_CODE: unsupported,
};

/** `auth/token`: a token request (RFC 6749 3.2) from its parameters to tokens, a ticket or an error. */
export async function token(
  context: EngineContext,
  request: Partial<Request<"auth/token">>,
): Promise<Response<"auth/token">> {
  const { service } = context;
  const form = readTokenParameters(request.parameters);
  const grantType = readGrantType(form);
  const credentials = readCredentials(request, form);
  const anonymous = anonymousGrantRule(context, grantType, credentials);
  if (anonymous) return answerAnonymously(context, anonymous, { grantType, request, form });
  const identified = await identifyClient(context, credentials);
  checkServiceSupportsGrantType(service, grantType);
  checkClientDeclaresGrantType(identified.client, grantType);
  const clientAuthMethod = await authenticateClient(context, identified.client, {
    credentials,
    endpoint: "token",
  });
  checkFapiModes(service, identified.client, { grantType, clientAuthMethod });
  const binding = await readBinding(context, identified.client, request);
  return grants[grantType](context, { request, form, caller: { ...identified, clientAuthMethod }, binding });
}

function readTokenParameters(parameters: unknown): Form {
  if (parameters === undefined || parameters === null) return refuse("A047201");
  if (typeof parameters !== "string") return refuse("A047202");
  if (parameters.trim() === "") return refuse("A047301");
  return parseForm(parameters);
}
