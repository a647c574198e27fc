import { answerIntrospectionRequest } from "../flow/oauth-introspection.ts";
import { createIssuerReader } from "../flow/oauth-issuer.ts";
import type { FlowPorts } from "../flow/ports.ts";
import type { Endpoint } from "./endpoint.ts";
import { createFormEndpoint } from "./reply.ts";

/** `POST /oauth/introspect`: token introspection (RFC 7662) for confidential clients. */
export function createIntrospectionEndpoint(ports: FlowPorts): Endpoint {
  const issuer = createIssuerReader(ports);
  return createFormEndpoint(ports, "introspect", (request) =>
    answerIntrospectionRequest(ports, request, issuer),
  );
}
