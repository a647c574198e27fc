import { answerPushedRequest } from "../flow/oauth-pushed-request.ts";
import type { FlowPorts } from "../flow/ports.ts";
import type { Endpoint } from "./endpoint.ts";
import { createFormEndpoint } from "./reply.ts";

/** `POST /oauth/par`: pushed authorization requests (RFC 9126). */
export function createPushedRequestEndpoint(ports: FlowPorts): Endpoint {
  return createFormEndpoint(ports, "par", (request) => answerPushedRequest(ports, request));
}
