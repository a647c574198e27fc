import { answerFailure } from "../flow/oauth-failure.ts";
import { answerJwksRequest } from "../flow/oauth-jwks.ts";
import type { FlowPorts } from "../flow/ports.ts";
import type { Endpoint } from "./endpoint.ts";
import { methodNotAllowed, reply } from "./reply.ts";

/** `GET /oauth/jwks`: the public keys of the service (RFC 7517). */
export function createJwksEndpoint(ports: FlowPorts): Endpoint {
  return async ({ method }) => {
    if (method !== "GET" && method !== "HEAD") return methodNotAllowed("GET, HEAD");
    try {
      return reply(await answerJwksRequest(ports));
    } catch (error) {
      return reply(answerFailure(ports, "jwks", error));
    }
  };
}
