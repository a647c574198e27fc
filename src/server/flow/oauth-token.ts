import type { TokenResponse } from "../authlete/messages/token.ts";
import { jsonAnswer, type OAuthAnswer } from "../oauth/answer.ts";
import { OAuthError } from "../oauth/error.ts";
import type { OAuthRequest } from "../oauth/oauth-request.ts";
import { clientCall, proofCall } from "./engine-request.ts";
import { answerNativeSso, answerReissuable } from "./finish-issued-tokens.ts";
import { answerJwtBearer } from "./jwt-bearer.ts";
import { engineFault, withNonce } from "./oauth-engine-answer.ts";
import { answerFailure } from "./oauth-failure.ts";
import { answerPasswordGrant, refuseUnlistedPasswordGrant } from "./oauth-password-grant.ts";
import type { FlowPorts } from "./ports.ts";
import { refuseReservedScope } from "./reserved-scope.ts";
import { refuseStaleGrant } from "./stale-grant.ts";
import { answerTokenExchange } from "./token-exchange.ts";

/**
 * Answers a token request (RFC 6749 section 3.2): the engine decides, its `action` becomes HTTP.
 *
 * @returns the answer for the client application.
 * @throws OAuthError for what is refused before the engine is asked; EngineError when the engine cannot be asked.
 */
export async function answerTokenRequest(ports: FlowPorts, request: OAuthRequest): Promise<OAuthAnswer> {
  const grantType = requireGrantType(request);
  if (grantType === "password") {
    refuseUnlistedPasswordGrant(ports.settings.passwordGrantClients, request.credentials.clientId);
  }
  const response = await ports.authlete["auth/token"]({ ...clientCall(request), ...proofCall(request) });
  return withNonce(await finished(ports, request, response), response);
}

/** REQUIRED, RFC 6749 section 4: every grant names its type. */
function requireGrantType({ form }: OAuthRequest): string {
  const grantType = form.parameters.get("grant_type");
  if (grantType !== undefined) return grantType;
  throw new OAuthError("invalid_request", "The parameter grant_type is missing.");
}

/** What is refused after the engine has answered carries its nonce too. */
async function finished(
  ports: FlowPorts,
  request: OAuthRequest,
  response: TokenResponse,
): Promise<OAuthAnswer> {
  try {
    return await answerOf(ports, request, response);
  } catch (error) {
    if (error instanceof OAuthError) return answerFailure(ports, "token", error);
    throw error;
  }
}

async function answerIssued(
  ports: FlowPorts,
  response: Extract<TokenResponse, { action: "OK" }>,
): Promise<OAuthAnswer> {
  await refuseReservedScope(ports, response);
  await refuseStaleGrant(ports, response);
  return jsonAnswer(200, response.responseContent);
}

/** Every action of `auth/token` and what the client application gets for it. */
function answerOf(
  ports: FlowPorts,
  request: OAuthRequest,
  response: TokenResponse,
): OAuthAnswer | Promise<OAuthAnswer> {
  switch (response.action) {
    case "OK":
      return answerIssued(ports, response);
    case "PASSWORD":
      return answerPasswordGrant(ports, response);
    case "BAD_REQUEST":
      return jsonAnswer(400, response.responseContent);
    case "INVALID_CLIENT":
      return jsonAnswer(401, response.responseContent);
    case "ID_TOKEN_REISSUABLE":
      return answerReissuable(ports, response);
    case "NATIVE_SSO":
      return answerNativeSso(ports, request, response);
    case "TOKEN_EXCHANGE":
      return answerTokenExchange(ports, request, response);
    case "JWT_BEARER":
      return answerJwtBearer(ports, request, response);
    case "INTERNAL_SERVER_ERROR":
    case "UNKNOWN_ACTION":
      return engineFault(ports, "token", response);
  }
}
