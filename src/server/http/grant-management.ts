import { answerFailure } from "../flow/oauth-failure.ts";
import { answerGrantRequest } from "../flow/oauth-grant-management.ts";
import type { FlowPorts } from "../flow/ports.ts";
import { readAccessToken } from "../oauth/bearer.ts";
import type { Endpoint } from "./endpoint.ts";
import { lastSegment } from "./last-segment.ts";
import { readProvedRequest } from "./proved-request.ts";
import { methodNotAllowed, noEndpoint, reply } from "./reply.ts";

const actions: Readonly<Record<string, "QUERY" | "REVOKE">> = { GET: "QUERY", DELETE: "REVOKE" };

/** `GET` and `DELETE /oauth/grants/{grant_id}`: shows a grant to its client, and ends it (Grant Management for OAuth 2.0, section 6). */
export function createGrantManagementEndpoint(ports: FlowPorts): Endpoint {
  return async (request) => {
    const grantId = lastSegment(request.url, "/oauth/grants/");
    if (grantId === undefined) return noEndpoint();
    const action = actions[request.method];
    if (action === undefined) return methodNotAllowed("GET, DELETE");
    try {
      const authorization = request.headers.get("authorization");
      const presented = readAccessToken({ authorization, inForm: undefined, url: request.url });
      const proved = readProvedRequest(request, ports.settings);
      return reply(await answerGrantRequest(ports, { ...proved, presented, grantId, action }));
    } catch (error) {
      return reply(answerFailure(ports, "grants", error));
    }
  };
}
