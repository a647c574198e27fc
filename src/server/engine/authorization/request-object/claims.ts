import type { Service } from "../../../authlete/service.ts";
import { clientClockAheadMs } from "../../client-authentication/client-clock.ts";
import type { IdentifiedClient } from "../../client-authentication/credentials.ts";
import { fapiModes } from "../../client-authentication/fapi-mode.ts";
import type { EngineContext } from "../../context.ts";
import { checkTimes, clockSkewMs, type TimeClaim, type TimeDefect } from "../../jose/times.ts";
import { type RefusalCode, refuse } from "../../refusal.ts";
import { demandsSignedRequests } from "../fapi-modes.ts";

/** How long a request object may be valid in FAPI modes, and how long ago that may have begun (FAPI 2.0 Message Signing 5.3.1). */
const LONGEST_VALIDITY_MS = 60 * 60 * 1000;

/** The claims of a request object that make it a JWT for this service, from this client, for now (RFC 9101 4). */
export function checkRequestObjectClaims(
  context: EngineContext,
  { client, clientId }: IdentifiedClient,
  payload: Record<string, unknown>,
): void {
  const isFapiRequest = demandsSignedRequests(fapiModes(context.service, client));
  const { iss } = payload;
  if (iss !== undefined && iss !== String(clientId) && iss !== client.clientIdAlias) refuse("A006367");
  checkAudience(context.service, payload.aud, { isFapiRequest });
  const required = isFapiRequest ? demandedTimes(context) : [];
  const defect = checkTimes(context, payload, { required, aheadMs: clientClockAheadMs(context, client) });
  if (defect) refuse(defects[defect]);
  if (isFapiRequest) checkValidity(context, payload);
}

/**
 * A JWT with an audience is for nobody else (RFC 7519 4.1.3). Where one is demanded it is the issuer (OIDC Core 6.1, RFC 9101 4); else
 * clients also name the address that they send people to.
 */
function checkAudience(
  service: Service,
  audience: unknown,
  { isFapiRequest }: { isFapiRequest: boolean },
): void {
  const isDemanded = service.requestObjectAudienceChecked === true || isFapiRequest;
  if (audience === undefined && isDemanded) refuse("A006351");
  if (audience === undefined) return;
  if (typeof audience !== "string" && !Array.isArray(audience)) refuse("A006355");
  const ours = isDemanded ? [service.issuer] : [service.issuer, service.authorizationEndpoint];
  if (![audience].flat().some((entry) => Boolean(entry) && ours.includes(entry))) refuse("A006359");
}

function demandedTimes({ service }: EngineContext): TimeClaim[] {
  return service.nbfOptional ? ["exp"] : ["exp", "nbf"];
}

/** The times are numbers by now. */
function checkValidity(context: EngineContext, { exp, nbf }: Record<string, unknown>): void {
  if (typeof exp !== "number" || typeof nbf !== "number") return;
  const beganMs = context.now - nbf * 1000;
  if ((exp - nbf) * 1000 > LONGEST_VALIDITY_MS || beganMs > LONGEST_VALIDITY_MS + clockSkewMs(context)) {
    refuse("A150365");
  }
}

const defects: Record<TimeDefect, RefusalCode> = {
  exp_missing: "A150319",
  exp_malformed: "A006335",
  exp_passed: "A006339",
  nbf_missing: "A150351",
  nbf_malformed: "A006343",
  nbf_future: "A006347",
  iat_missing: "A006343",
  iat_malformed: "A006343",
  iat_future: "A006347",
};
