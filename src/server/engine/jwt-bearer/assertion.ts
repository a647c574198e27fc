import type { EngineContext } from "../context.ts";
import { type PresentedJwt, readPresentedJwt } from "../jose/presented-jwt.ts";
import { checkTimes, type TimeDefect } from "../jose/times.ts";
import { type RefusalCode, refuse } from "../refusal.ts";

type Check = (context: EngineContext, assertion: PresentedJwt) => void;

const checks: readonly Check[] = [checkIssuer, checkSubject, checkAudience, checkTime, checkIsSigned];

/**
 * Checks an assertion that stands for a grant (RFC 7523 3), all but who signed it: whose keys those are only the caller knows. Of an
 * encrypted one nothing is known here.
 */
export function checkAssertion(context: EngineContext, value: string): void {
  const jwt = readPresentedJwt(value);
  if (jwt === "malformed") refuse("A901330");
  if (jwt !== "encrypted") for (const check of checks) check(context, jwt);
  else if (context.service.jwtGrantEncryptedJwtRejected) refuse("A901331");
}

function checkIssuer(_context: EngineContext, { payload }: PresentedJwt): void {
  if (typeof payload.iss !== "string") refuse("A901336");
}

function checkSubject(_context: EngineContext, { payload }: PresentedJwt): void {
  if (typeof payload.sub !== "string") refuse("A901337");
}

function checkAudience({ service }: EngineContext, { payload: { aud } }: PresentedJwt): void {
  const audiences: unknown[] = Array.isArray(aud) ? aud : [aud];
  if (!audiences.every((audience) => typeof audience === "string")) refuse("A901338");
  const isOurs = [service.issuer, service.tokenEndpoint].some((name) => name && audiences.includes(name));
  if (!isOurs) refuse("A314314");
}

const timeCodes: Record<TimeDefect, RefusalCode> = {
  exp_missing: "A314305",
  exp_malformed: "A901333",
  exp_passed: "A314309",
  iat_missing: "A901334",
  iat_malformed: "A901334",
  iat_future: "A901334",
  nbf_missing: "A901335",
  nbf_malformed: "A901335",
  nbf_future: "A901335",
};

function checkTime(context: EngineContext, { payload }: PresentedJwt): void {
  const defect = checkTimes(context, payload, { required: ["exp"] });
  if (defect) refuse(timeCodes[defect]);
}

function checkIsSigned({ service }: EngineContext, { isSigned }: PresentedJwt): void {
  if (!isSigned && service.jwtGrantUnsignedJwtRejected) refuse("A314310");
}
