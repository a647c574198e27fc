import type { TokenResponse } from "../authlete/messages/token.ts";
import { errorAnswer, jsonAnswer, type OAuthAnswer, withHeaders } from "../oauth/answer.ts";
import { OAuthError } from "../oauth/error.ts";
import type { OAuthRequest } from "../oauth/oauth-request.ts";
import { clientCall, proofCall } from "./engine-request.ts";
import { answerFault } from "./oauth-failure.ts";
import { answerPasswordGrant, refuseUnlistedPasswordGrant } from "./oauth-password-grant.ts";
import { revokeIssued } from "./oauth-revoke-issued.ts";
import type { FlowPorts } from "./ports.ts";

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
  const answer = await answerOf(ports, request, response);
  if (response.action === "UNKNOWN_ACTION" || !response.dpopNonce) return answer;
  return withHeaders(answer, { "dpop-nonce": response.dpopNonce });
}

/** REQUIRED, RFC 6749 section 4: every grant names its type. */
function requireGrantType({ form }: OAuthRequest): string {
  const grantType = form.parameters.get("grant_type");
  if (grantType !== undefined) return grantType;
  throw new OAuthError("invalid_request", "The parameter grant_type is missing.");
}

/** Every action of `auth/token` and what the client application gets for it. */
function answerOf(
  ports: FlowPorts,
  request: OAuthRequest,
  response: TokenResponse,
): OAuthAnswer | Promise<OAuthAnswer> {
  switch (response.action) {
    case "OK":
      return jsonAnswer(200, response.responseContent);
    case "PASSWORD":
      return answerPasswordGrant(ports, response);
    case "BAD_REQUEST":
      return jsonAnswer(400, response.responseContent);
    case "INVALID_CLIENT":
      return jsonAnswer(401, response.responseContent);
    case "ID_TOKEN_REISSUABLE":
      return response.responseContent === undefined
        ? withdraw(ports, request, response)
        : jsonAnswer(200, response.responseContent);
    case "NATIVE_SSO":
      return withdraw(ports, request, response);
    case "TOKEN_EXCHANGE":
    case "JWT_BEARER":
      return errorAnswer(unsupportedGrant());
    case "INTERNAL_SERVER_ERROR":
    case "UNKNOWN_ACTION":
      return answerFault(ports, {
        endpoint: "token",
        action: response.action,
        resultCode: response.resultCode,
      });
  }
}

type Issued = Extract<TokenResponse, { action: "NATIVE_SSO" | "ID_TOKEN_REISSUABLE" }>;

/** The engine has issued tokens in a way that cannot be finished here: nobody may have them. */
async function withdraw(ports: FlowPorts, request: OAuthRequest, issued: Issued): Promise<OAuthAnswer> {
  await revokeIssued(ports, request, issued.jwtAccessToken ?? issued.accessToken);
  return errorAnswer(unsupportedGrant());
}

function unsupportedGrant(): OAuthError {
  return new OAuthError("unsupported_grant_type", "The server does not support this grant.");
}
