import type { PushedAuthReqResponse } from "../authlete/messages/pushed-auth-req.ts";
import type { OAuthAnswer } from "../oauth/answer.ts";
import type { OAuthRequest } from "../oauth/oauth-request.ts";
import { withFreshnessSaid } from "./authorization/pushed-freshness.ts";
import { withRequiredChallenge } from "./authorization/required-challenge.ts";
import { clientCall, proofCall } from "./engine-request.ts";
import { engineAnswer, engineFault, withNonce } from "./oauth-engine-answer.ts";
import type { FlowPorts } from "./ports.ts";

/**
 * Answers a pushed authorization request (RFC 9126): the engine authenticates the client, checks the request and keeps it.
 *
 * @throws EngineError when the engine cannot be asked.
 */
export async function answerPushedRequest(ports: FlowPorts, request: OAuthRequest): Promise<OAuthAnswer> {
  const call = clientCall(request);
  const parameters = await withRequiredChallenge(
    ports,
    request.form,
    withFreshnessSaid(request.form, call.parameters),
  );
  const response = await ports.authlete.pushed_auth_req({ ...call, ...proofCall(request), parameters });
  return withNonce(answerOf(ports, response), response);
}

function answerOf(ports: FlowPorts, response: PushedAuthReqResponse): OAuthAnswer {
  switch (response.action) {
    case "CREATED":
      return engineAnswer(ports, "par", { status: 201, response });
    case "BAD_REQUEST":
      return engineAnswer(ports, "par", { status: 400, response });
    case "UNAUTHORIZED":
      return engineAnswer(ports, "par", { status: 401, response });
    case "FORBIDDEN":
      return engineAnswer(ports, "par", { status: 403, response });
    case "PAYLOAD_TOO_LARGE":
      return engineAnswer(ports, "par", { status: 413, response });
    case "INTERNAL_SERVER_ERROR":
    case "UNKNOWN_ACTION":
      return engineFault(ports, "par", response);
  }
}
