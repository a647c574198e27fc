import { clientClockAheadMs } from "../client-authentication/client-clock.ts";
import type { Caller } from "../client-authentication/credentials.ts";
import { fapiModes, isBeyondBaseline } from "../client-authentication/fapi-mode.ts";
import type { EngineContext } from "../context.ts";
import { checkTimes, type TimeDefect } from "../jose/times.ts";
import { type RefusalCode, refuse } from "../refusal.ts";

/** How long a signed request may be valid in FAPI modes, in seconds (FAPI-CIBA 5.2.2). */
const LONGEST_VALIDITY = 3600;

/** The claims that make a JWT a request of this client to this service, for now (CIBA Core 7.1.1). */
export function checkSignedRequestClaims(
  context: EngineContext,
  { client, clientId }: Caller,
  payload: Record<string, unknown>,
): void {
  const { iss } = payload;
  if (typeof iss !== "string" || iss === "") refuse("A167306");
  if (iss !== String(clientId) && iss !== client.clientIdAlias) refuse("A168304");
  for (const name of ["aud", "exp", "iat", "nbf", "jti"]) {
    if (payload[name] === undefined) refuse("A167315");
    if (payload[name] === null) refuse("A167316");
  }
  if (typeof payload.jti !== "string") refuse("A167323");
  checkAudience(payload.aud, context.service.issuer);
  const aheadMs = clientClockAheadMs(context, client);
  const defect = checkTimes(context, payload, { required: ["exp", "iat", "nbf"], aheadMs });
  if (defect) refuse(defects[defect]);
  const isFapi = isBeyondBaseline(fapiModes(context.service, client));
  if (isFapi && Number(payload.exp) - Number(payload.nbf) > LONGEST_VALIDITY) refuse("A243304");
}

function checkAudience(audience: unknown, issuer: string | undefined): void {
  const isOurs = Boolean(issuer) && [audience].flat().includes(issuer);
  if (!isOurs) refuse(Array.isArray(audience) ? "A167324" : "A167321");
}

const defects: Record<TimeDefect, RefusalCode> = {
  exp_missing: "A167315",
  exp_malformed: "A167317",
  exp_passed: "A167318",
  nbf_missing: "A167315",
  nbf_malformed: "A167317",
  nbf_future: "A167320",
  iat_missing: "A167315",
  iat_malformed: "A167317",
  iat_future: "A167319",
};
