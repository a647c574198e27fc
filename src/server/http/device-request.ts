import { answerDeviceRequest } from "../flow/oauth-device-request.ts";
import type { FlowPorts } from "../flow/ports.ts";
import type { Endpoint } from "./endpoint.ts";
import { createFormEndpoint } from "./reply.ts";

/** `POST /oauth/device`: device authorization requests (RFC 8628). */
export function createDeviceRequestEndpoint(ports: FlowPorts): Endpoint {
  return createFormEndpoint(ports, "device", (request) => answerDeviceRequest(ports, request));
}
