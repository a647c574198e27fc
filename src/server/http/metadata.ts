import { answerFailure } from "../flow/oauth-failure.ts";
import { createMetadataReader } from "../flow/oauth-metadata.ts";
import type { FlowPorts } from "../flow/ports.ts";
import type { Endpoint } from "./endpoint.ts";
import { methodNotAllowed, reply } from "./reply.ts";

/**
 * `GET /.well-known/openid-configuration` and `GET /.well-known/oauth-authorization-server`: what this server is and does (OpenID Connect
 * Discovery 1.0, RFC 8414). One document for both.
 */
export function createMetadataEndpoint(ports: FlowPorts): Endpoint {
  const read = createMetadataReader(ports);
  return async ({ method, url }) => {
    if (method !== "GET" && method !== "HEAD") return methodNotAllowed("GET, HEAD");
    try {
      return reply(await read(behindName(new URL(url).pathname)));
    } catch (error) {
      return reply(answerFailure(ports, "metadata", error));
    }
  };
}

function behindName(path: string): string {
  return path.replace(/^\/\.well-known\/[^/]+/, "");
}
