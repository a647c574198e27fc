import type { Request, Response } from "../../authlete/operations.ts";
import { checkPushedRequest } from "../authorization/check-pushed-request.ts";
import { authenticatedClient } from "../client-request/authenticated-client.ts";
import type { OwnCodes } from "../client-request/own-codes.ts";
import { readParameters } from "../client-request/parameters.ts";
import type { EngineContext } from "../context.ts";
import { givenSeconds } from "../given.ts";
import { refuse, result } from "../refusal.ts";
import { readProvedKey } from "./proved-key.ts";
import { storeUnderNewUri } from "./request-uri.ts";

/** Bytes of a request at most: room for rich authorization requests, and not for what would fill the store. */
const LARGEST = 262_144;

/** How long a pushed request can be opened, in seconds, where the service does not say. */
const DEFAULT_DURATION = 600;

type Call = Partial<Request<"pushed_auth_req">>;

const codes: OwnCodes = {
  A048304: "A247307",
  A048312: "A247303",
  A048323: "A247307",
  A244303: "A247301",
  A244304: "A247302",
  A244305: "A247306",
};

/**
 * `pushed_auth_req`: takes an authorization request from an authenticated client before its user comes (RFC 9126). What the
 * authorization endpoint would refuse is refused here, and what proves the client is not kept.
 */
export async function pushAuthorizationRequest(
  context: EngineContext,
  request: Call,
): Promise<Response<"pushed_auth_req">> {
  checkSize(request.parameters);
  const form = readParameters(request.parameters);
  const caller = await authenticatedClient(context, request, {
    form,
    endpoint: "pushed_authorization",
    codes,
  });
  const dpopJkt = await readProvedKey(context, caller.client, request);
  const { parameters, requestObjectPayload } = await checkPushedRequest(context, caller, { form, dpopJkt });
  const expiresIn = givenSeconds(context.service.pushedAuthReqDuration) ?? DEFAULT_DURATION;
  const pushed = {
    clientId: caller.clientId,
    parameters,
    ...(dpopJkt === undefined ? {} : { dpopJkt }),
    ...(requestObjectPayload === undefined ? {} : { requestObjectPayload }),
  };
  const requestUri = await storeUnderNewUri(context, pushed, expiresIn);
  return {
    ...result("A245001", "The authorization request is kept for the client."),
    action: "CREATED",
    responseContent: JSON.stringify({ expires_in: expiresIn, request_uri: requestUri }),
    requestUri,
    clientAuthMethod: caller.clientAuthMethod,
  };
}

function checkSize(parameters: unknown): void {
  if (typeof parameters === "string" && Buffer.byteLength(parameters) > LARGEST) refuse("A902307");
}
