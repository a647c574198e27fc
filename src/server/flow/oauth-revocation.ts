import { emptyAnswer, jsonAnswer, type OAuthAnswer } from "../oauth/answer.ts";
import { OAuthError } from "../oauth/error.ts";
import type { OAuthRequest } from "../oauth/oauth-request.ts";
import { clientCall } from "./engine-request.ts";
import { engineFault } from "./oauth-engine-answer.ts";
import type { FlowPorts } from "./ports.ts";

/**
 * Answers a revocation request (RFC 7009). The engine authenticates the client, and revokes only that client's tokens.
 *
 * @throws OAuthError invalid_request; EngineError when the engine cannot be asked.
 */
export async function answerRevocationRequest(ports: FlowPorts, request: OAuthRequest): Promise<OAuthAnswer> {
  requireToken(request);
  const response = await ports.authlete["auth/revocation"](clientCall(request));
  switch (response.action) {
    case "OK":
      return emptyAnswer();
    case "BAD_REQUEST":
      return jsonAnswer(400, response.responseContent);
    case "INVALID_CLIENT":
      return jsonAnswer(401, response.responseContent);
    case "INTERNAL_SERVER_ERROR":
    case "UNKNOWN_ACTION":
      return engineFault(ports, "revoke", response);
  }
}

/** REQUIRED, RFC 7009 section 2.1. */
function requireToken({ form }: OAuthRequest): void {
  if (form.parameters.has("token")) return;
  throw new OAuthError("invalid_request", "The parameter token is missing.");
}
