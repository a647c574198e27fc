import type { Request, Response } from "../../authlete/operations.ts";
import type { Service } from "../../authlete/service.ts";
import { authenticatedClient } from "../client-request/authenticated-client.ts";
import type { OwnCodes } from "../client-request/own-codes.ts";
import { readParameters } from "../client-request/parameters.ts";
import type { EngineContext } from "../context.ts";
import { givenSeconds } from "../given.ts";
import { refuse, result } from "../refusal.ts";
import { storeUnderNewCodes } from "./codes.ts";
import { readDeviceRequest } from "./device-request.ts";
import { deviceRequestMembers } from "./members.ts";
import { verificationUriComplete } from "./verification-uri.ts";
import { deviceWarnings } from "./warnings.ts";

type Call = Partial<Request<"device/authorization">>;

const codes: OwnCodes = {
  A048304: "A218305",
  A048312: "A218303",
  A048323: "A218305",
};

/**
 * `device/authorization`: a device authorization request (RFC 8628 3.1) from its parameters to a device code and a user
 * code.
 */
export async function authorizeDevice(
  context: EngineContext,
  request: Call,
): Promise<Response<"device/authorization">> {
  const { service, now } = context;
  const form = readParameters(request.parameters);
  const caller = await authenticatedClient(context, request, {
    form,
    endpoint: "device_authorization",
    grantType: "DEVICE_CODE",
    codes,
  });
  const { verificationUri, expiresIn } = readSettings(service);
  const { grant, ...ignored } = await readDeviceRequest(context, caller, form);
  const issued = await storeUnderNewCodes(context, { grant, expiresAt: now + expiresIn * 1000 });
  const uriComplete = verificationUriComplete(service, issued.userCode);
  const warnings = deviceWarnings(service, ignored, uriComplete);
  const members = {
    ...issued,
    verificationUri,
    ...(uriComplete === undefined ? {} : { verificationUriComplete: uriComplete }),
    expiresIn,
    interval: grant.interval,
  };
  return {
    ...result("A220001", "The device can show the user code and begin to poll."),
    action: "OK",
    responseContent: responseBody(members),
    ...members,
    clientAuthMethod: caller.clientAuthMethod,
    ...(await deviceRequestMembers(context, caller.client, grant)),
    ...(warnings.length > 0 ? { warnings } : {}),
  };
}

/** Without a place to go and a time to do it the device grant cannot be used. */
function readSettings(service: Service): { verificationUri: string; expiresIn: number } {
  return {
    verificationUri: service.deviceVerificationUri || refuse("A222101"),
    expiresIn: givenSeconds(service.deviceFlowCodeDuration) ?? refuse("A222102"),
  };
}

/** RFC 8628 3.2. */
function responseBody(members: {
  deviceCode: string;
  userCode: string;
  verificationUri: string;
  verificationUriComplete?: string;
  expiresIn: number;
  interval: number;
}): string {
  return JSON.stringify({
    device_code: members.deviceCode,
    user_code: members.userCode,
    verification_uri: members.verificationUri,
    verification_uri_complete: members.verificationUriComplete,
    expires_in: members.expiresIn,
    interval: members.interval,
  });
}
