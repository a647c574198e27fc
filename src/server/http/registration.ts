import { answerFailure } from "../flow/oauth-failure.ts";
import {
  answerManagementRequest,
  answerRegistrationRequest,
  type ManagementRequest,
} from "../flow/oauth-registration.ts";
import type { FlowPorts } from "../flow/ports.ts";
import { readAccessToken } from "../oauth/bearer.ts";
import { callerAddress } from "./caller-address.ts";
import type { Endpoint } from "./endpoint.ts";
import { readJsonText } from "./json-request.ts";
import { lastSegment } from "./last-segment.ts";
import { methodNotAllowed, noEndpoint, reply } from "./reply.ts";

/** `POST /oauth/register`: dynamic client registration (RFC 7591, OpenID Connect Dynamic Client Registration 1.0). */
export function createRegistrationEndpoint(ports: FlowPorts): Endpoint {
  return async (request) => {
    if (request.method !== "POST") return methodNotAllowed("POST");
    try {
      const token = tokenOf(request);
      const address = callerAddress(request.headers, ports.settings.addressHeader);
      const json = await readJsonText(request);
      return reply(await answerRegistrationRequest(ports, { token, json, address }));
    } catch (error) {
      return reply(answerFailure(ports, "register", error));
    }
  };
}

/** `GET`, `PUT` and `DELETE /oauth/register/{client_id}`: the registration of a client, for that client (RFC 7592). */
export function createClientConfigurationEndpoint(ports: FlowPorts): Endpoint {
  return async (request) => {
    const clientId = lastSegment(request.url, "/oauth/register/");
    if (clientId === undefined) return noEndpoint();
    if (!["GET", "PUT", "DELETE"].includes(request.method)) return methodNotAllowed("GET, PUT, DELETE");
    try {
      const call = { token: tokenOf(request), clientId };
      return reply(await answerManagementRequest(ports, { ...call, ...(await actionOf(request)) }));
    } catch (error) {
      return reply(answerFailure(ports, "register", error));
    }
  };
}

type Action = { action: "get" | "delete" } | { action: "update"; json: string };

async function actionOf(request: Request): Promise<Action> {
  if (request.method === "PUT") return { action: "update", json: await readJsonText(request) };
  return { action: request.method === "DELETE" ? "delete" : "get" } satisfies Partial<ManagementRequest>;
}

function tokenOf({ headers, url }: Request): string | undefined {
  return readAccessToken({ authorization: headers.get("authorization"), inForm: undefined, url })?.token;
}
