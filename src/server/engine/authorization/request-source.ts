import type { Client } from "../../authlete/client.ts";
import type { Service } from "../../authlete/service.ts";
import type { IdentifiedClient } from "../client-authentication/credentials.ts";
import { fapiModes, isFapi2 } from "../client-authentication/fapi-mode.ts";
import type { EngineContext } from "../context.ts";
import { type Form, optionalParameter } from "../form.ts";
import { type RefusalCode, refuse } from "../refusal.ts";
import { demandsSignedRequests } from "./fapi-modes.ts";
import { channelOf } from "./foundation.ts";
import { findPushedRequest, isPushedRequestUri } from "./pushed-request.ts";
import { fetchRequestObject } from "./request-object/by-reference.ts";
import { readRequestObject } from "./request-object/request-object.ts";
import { plainParameters, type RequestParameters } from "./request-parameters.ts";
import { throughChannel } from "./response/channel.ts";

/**
 * Finds the parameters of an authorization request: they stand in it, in its request object (RFC 9101), which may be at an address of the
 * client, or they were pushed (RFC 9126). Of a pushed request only what was pushed counts.
 *
 * @param form what came through the browser.
 */
export async function resolveParameters(
  context: EngineContext,
  caller: IdentifiedClient,
  form: Form,
): Promise<RequestParameters> {
  const { service } = context;
  const requestUri = optionalParameter(form, "request_uri", "A008302");
  if (requestUri !== undefined && isPushedRequestUri(requestUri)) {
    checkNoRequest(form);
    const pushed = await findPushedRequest(context, caller, requestUri);
    checkRequestObjectDemand(service, caller.client, pushed);
    return pushed;
  }
  return throughChannel(
    () => channelOf(context, caller, plainParameters(form)),
    async () => {
      checkPushDemand(service, caller.client, requestUri !== undefined);
      if (requestUri === undefined) {
        return resolveDirectParameters(context, caller, { form, isPushed: false });
      }
      checkNoRequest(form);
      const text = await fetchRequestObject(context, caller.client, requestUri);
      return readRequestObject(context, { ...caller, text, form, isPushed: false });
    },
  );
}

/** RFC 9101 5: there is one request object. */
function checkNoRequest(form: Form): void {
  if (form.get("request")?.some((value) => value !== "")) refuse("A008304");
}

/** Parameters that are not by reference: in the form itself or in a request object in it. */
export async function resolveDirectParameters(
  context: EngineContext,
  caller: IdentifiedClient,
  { form, isPushed }: { form: Form; isPushed: boolean },
): Promise<RequestParameters> {
  const text = optionalParameter(form, "request", "A008301");
  const parameters =
    text === undefined
      ? plainParameters(form)
      : await readRequestObject(context, { ...caller, text, form, isPushed });
  checkRequestObjectDemand(context.service, caller.client, parameters);
  return parameters;
}

/** Who demands pushed requests, and the codes for a request that is not by reference, and for one by another kind of reference. */
function checkPushDemand(service: Service, client: Client, isByReference: boolean): void {
  const refuseBy = (direct: RefusalCode, reference: RefusalCode) =>
    refuse(isByReference ? reference : direct);
  if (isFapi2(fapiModes(service, client))) refuse("A294308");
  if (client.parRequired) refuseBy("A008305", "A008307");
  if (service.parRequired) refuseBy("A008306", "A008308");
}

function checkRequestObjectDemand(service: Service, client: Client, parameters: RequestParameters): void {
  if (parameters.requestObjectPayload !== undefined) return;
  if (client.requestObjectRequired) refuse("A008309");
  if (service.requestObjectRequired) refuse("A008310");
  if (demandsSignedRequests(fapiModes(service, client))) refuse("A294307");
}
