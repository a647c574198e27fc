import { answerBackchannelRequest } from "../flow/backchannel/answer-request.ts";
import type { FlowPorts } from "../flow/ports.ts";
import type { Endpoint } from "./endpoint.ts";
import { createFormEndpoint } from "./reply.ts";

/** `POST /oauth/ciba`: backchannel authentication requests (OpenID Connect CIBA Core 1.0, section 7). */
export function createBackchannelEndpoint(ports: FlowPorts): Endpoint {
  return createFormEndpoint(ports, "ciba", (request) => answerBackchannelRequest(ports, request));
}
