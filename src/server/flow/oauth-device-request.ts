import type { OAuthAnswer } from "../oauth/answer.ts";
import type { OAuthRequest } from "../oauth/oauth-request.ts";
import { clientCall } from "./engine-request.ts";
import { engineAnswer, engineFault } from "./oauth-engine-answer.ts";
import type { FlowPorts } from "./ports.ts";

/**
 * Answers a device authorization request (RFC 8628 section 3.1): a code for the device, and one for a person to enter at `/device`.
 *
 * @throws EngineError when the engine cannot be asked.
 */
export async function answerDeviceRequest(ports: FlowPorts, request: OAuthRequest): Promise<OAuthAnswer> {
  const response = await ports.authlete["device/authorization"](clientCall(request));
  switch (response.action) {
    case "OK":
      return engineAnswer(ports, "device", { status: 200, response });
    case "BAD_REQUEST":
      return engineAnswer(ports, "device", { status: 400, response });
    case "UNAUTHORIZED":
      return engineAnswer(ports, "device", { status: 401, response });
    case "INTERNAL_SERVER_ERROR":
    case "UNKNOWN_ACTION":
      return engineFault(ports, "device", response);
  }
}
