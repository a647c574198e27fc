import { answerRevocationRequest } from "../flow/oauth-revocation.ts";
import type { FlowPorts } from "../flow/ports.ts";
import type { Endpoint } from "./endpoint.ts";
import { createFormEndpoint } from "./reply.ts";

/** `POST /oauth/revoke`: token revocation (RFC 7009). */
export function createRevocationEndpoint(ports: FlowPorts): Endpoint {
  return createFormEndpoint(ports, "revoke", (request) => answerRevocationRequest(ports, request));
}
