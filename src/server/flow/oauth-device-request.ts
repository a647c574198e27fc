import type { OAuthAnswer } from "../oauth/answer.ts";
import type { OAuthRequest } from "../oauth/oauth-request.ts";
import { keepRequester, type Requester } from "./device/requester.ts";
import { clientCall } from "./engine-request.ts";
import { engineAnswer, engineFault } from "./oauth-engine-answer.ts";
import type { FlowPorts } from "./ports.ts";

const DEFAULT_SECONDS = 600;

/**
 * Answers a device authorization request (RFC 8628 section 3.1): a code for the device, and one for a person to enter at `/device`. Where it
 * came from is kept for that person.
 *
 * @throws EngineError when the engine cannot be asked.
 */
export async function answerDeviceRequest(
  ports: FlowPorts,
  request: OAuthRequest,
  requester: Requester,
): Promise<OAuthAnswer> {
  const response = await ports.authlete["device/authorization"](clientCall(request));
  switch (response.action) {
    case "OK": {
      const { userCode, expiresIn: seconds = DEFAULT_SECONDS } = response;
      await keepRequester(ports, { userCode, seconds }, requester);
      return engineAnswer(ports, "device", { status: 200, response });
    }
    case "BAD_REQUEST":
      return engineAnswer(ports, "device", { status: 400, response });
    case "UNAUTHORIZED":
      return engineAnswer(ports, "device", { status: 401, response });
    case "INTERNAL_SERVER_ERROR":
    case "UNKNOWN_ACTION":
      return engineFault(ports, "device", response);
  }
}
