import { readableProgram } from "../flow/device/readable-program.ts";
import { answerDeviceRequest } from "../flow/oauth-device-request.ts";
import type { FlowPorts } from "../flow/ports.ts";
import { callerAddress } from "./caller-address.ts";
import type { Endpoint } from "./endpoint.ts";
import { createFormEndpoint } from "./reply.ts";

/** `POST /oauth/device`: device authorization requests (RFC 8628). */
export function createDeviceRequestEndpoint(ports: FlowPorts): Endpoint {
  return createFormEndpoint(ports, "device", (request, { headers }) =>
    answerDeviceRequest(ports, request, {
      address: callerAddress(headers, ports.settings.addressHeader),
      program: readableProgram(headers.get("user-agent")),
    }),
  );
}
