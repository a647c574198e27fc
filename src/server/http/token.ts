import { answerTokenRequest } from "../flow/oauth-token.ts";
import type { FlowPorts } from "../flow/ports.ts";
import type { Endpoint } from "./endpoint.ts";
import { createFormEndpoint } from "./reply.ts";

/** `POST /oauth/token`: the token endpoint (RFC 6749 section 3.2). */
export function createTokenEndpoint(ports: FlowPorts): Endpoint {
  return createFormEndpoint(ports, "token", (request) => answerTokenRequest(ports, request));
}
