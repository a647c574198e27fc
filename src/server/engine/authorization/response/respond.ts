import type { Client } from "../../../authlete/client.ts";
import type { Service } from "../../../authlete/service.ts";
import { fapiModes, isFapi2 } from "../../client-authentication/fapi-mode.ts";
import type { EngineContext } from "../../context.ts";
import { errorUri, type RefusalCode, refusals, refuse, result } from "../../refusal.ts";
import type { ResponseChannel } from "./channel.ts";
import { formPost } from "./form-post.ts";
import { responseJwt } from "./jarm.ts";
import { type ResponseParameters, redirectTo } from "./redirect.ts";
import { carrierOf, isJwtMode } from "./response-mode.ts";

/** What the caller does to give the browser an authorization response. */
export type Delivery = { action: "LOCATION" | "FORM"; responseContent: string };

/**
 * Makes the authorization response of a client, successful or not: `state` and the issuer (RFC 9207) are added, and all of it
 * travels as the response mode says.
 *
 * @throws Refusal A012201 when the response has to be a JWT and none can be made.
 */
export async function respond(
  context: EngineContext,
  channel: ResponseChannel,
  parameters: ResponseParameters,
): Promise<Delivery> {
  const { redirectUri, responseMode, state } = channel;
  const own = [...parameters, ...(state === undefined ? [] : [["state", state] as const])];
  const complete = isJwtMode(responseMode)
    ? [["response", await responseJwt(context, channel, own)] as const]
    : [...own, ...issuerParameter(context.service, channel.client)];
  const carrier = carrierOf(responseMode);
  return carrier === "form"
    ? { action: "FORM", responseContent: formPost(redirectUri, complete) }
    : { action: "LOCATION", responseContent: redirectTo(redirectUri, carrier, complete) };
}

/** A JWT names the issuer itself (JARM 2.1), so only plain responses have the parameter. FAPI 2.0 5.3.2.2 does not go without. */
function issuerParameter(service: Service, client: Client): ResponseParameters {
  const isSuppressed = service.issSuppressed && !isFapi2(fapiModes(service, client));
  return service.issuer && !isSuppressed ? [["iss", service.issuer]] : [];
}

/** Makes the authorization response for a refusal (RFC 6749 4.1.2.1). A fault of ours or of the caller is none of the client's. */
export async function respondError(
  context: EngineContext,
  channel: ResponseChannel,
  code: RefusalCode,
  description?: string,
) {
  const [action, error, text] = refusals[code];
  if (action !== "BAD_REQUEST") return refuse(code);
  const said = result(code, description ?? text);
  const delivery = await respond(context, channel, [
    ["error", error],
    ...(context.service.errorDescriptionOmitted
      ? []
      : [["error_description", printable(said.resultMessage)] as const]),
    ...(context.service.errorUriOmitted ? [] : [["error_uri", errorUri(code)] as const]),
  ]);
  return { ...said, ...delivery };
}

/** The characters of an `error_description` (RFC 6749 4.1.2.1). */
function printable(text: string): string {
  return text.replaceAll('"', "'").replace(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, "?");
}
