import type { JwsAlg } from "../../authlete/enumerations.ts";
import { parametersOf } from "../authorization/request-object/payload-parameters.ts";
import type { Caller } from "../client-authentication/credentials.ts";
import { fapiAlgorithms, fapiModes, isBeyondBaseline } from "../client-authentication/fapi-mode.ts";
import type { EngineContext } from "../context.ts";
import { type Form, optionalParameter } from "../form.ts";
import { type CompactJws, readCompactJwe, readCompactJws } from "../jose/compact.ts";
import { isHmac } from "../jose/hmac.ts";
import { type SignatureDefect, verifyClientJws } from "../jose/verify.ts";
import { isJsonObject } from "../json-object.ts";
import { type RefusalCode, refuse } from "../refusal.ts";
import { checkSignedRequestClaims } from "./signed-request-claims.ts";

/** The parameters of a request, wherever they stood. */
export type ResolvedRequest = {
  form: Form;
  isSigned: boolean;
  /** JSON text (FAPI-CIBA 5.2.2). */
  requestContext?: string;
};

/** What may stand beside a signed request: itself, and what authenticates the client (CIBA Core 7.1.1). */
const parametersInside = [
  "scope",
  "client_notification_token",
  "acr_values",
  "login_hint_token",
  "id_token_hint",
  "login_hint",
  "binding_message",
  "user_code",
  "requested_expiry",
  "resource",
  "authorization_details",
  "grant_management_action",
  "grant_id",
  "request_context",
] as const;

const parametersOutside = ["client_secret", "client_assertion", "client_assertion_type"] as const;

/** Finds the parameters of a request: they stand in it, or all of them in a JWT that the client signed. */
export async function resolveRequest(
  context: EngineContext,
  caller: Caller,
  form: Form,
): Promise<ResolvedRequest> {
  const text = optionalParameter(form, "request", "A166304");
  if (text === undefined) return { form, isSigned: false };
  if (parametersInside.some((name) => form.has(name))) refuse("A167301");
  const jws = readSignedRequest(text);
  const payload = jws.payload ?? refuse("A167305");
  await checkSignature(context, caller, jws);
  checkSignedRequestClaims(context, caller, payload);
  return readPayload(payload);
}

function readSignedRequest(text: string): CompactJws {
  if (readCompactJwe(text)) refuse("A167304");
  const jws = readCompactJws(text) ?? refuse("A167302");
  return jws.header.alg === "none" || jws.signature === "" ? refuse("A167303") : jws;
}

/** A secret proves nothing to third parties: signed requests are for key pairs (CIBA Core 7.1.1). */
async function checkSignature(context: EngineContext, { client }: Caller, jws: CompactJws): Promise<void> {
  const registered = client.bcRequestSignAlg as JwsAlg | undefined;
  if (!registered) return refuse("A167309");
  if (isHmac(jws.header.alg)) refuse("A167308");
  const isFapi = isBeyondBaseline(fapiModes(context.service, client));
  if (isFapi && !fapiAlgorithms.includes(registered)) refuse("A243306");
  const defect = await verifyClientJws(context, client, { jws, algorithms: [registered] });
  if (defect) refuse(defects[defect]);
}

const defects: Record<SignatureDefect, RefusalCode> = {
  algorithm: "A167310",
  not_registered: "A167311",
  unavailable: "A167311",
  no_key: "A167312",
  no_secret: "A167308",
  signature: "A167314",
};

function readPayload(payload: Record<string, unknown>): ResolvedRequest {
  if (parametersOutside.some((name) => Object.hasOwn(payload, name))) refuse("A167322");
  const { request_context: requestContext, requested_expiry: expiry, ...others } = payload;
  const { form, mistyped } = parametersOf({ ...others, ...expiryText(expiry) });
  if (parametersInside.some((name) => mistyped.has(name))) refuse("A167323");
  if (requestContext === undefined || requestContext === null) return { form, isSigned: true };
  if (!isJsonObject(requestContext)) return refuse("A167326");
  return { form, isSigned: true, requestContext: JSON.stringify(requestContext) };
}

/** The one parameter that may be a number (CIBA Core 7.1.1). */
function expiryText(expiry: unknown): { requested_expiry?: unknown } {
  if (expiry === undefined) return {};
  return { requested_expiry: typeof expiry === "number" ? String(expiry) : expiry };
}
