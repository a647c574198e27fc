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
  if (jwt === "malformed") refuse("A314302");
  if (jwt !== "encrypted") for (const check of checks) check(context, jwt);
  else if (context.service.jwtGrantEncryptedJwtRejected) refuse("A314303");
}

function checkIssuer(_context: EngineContext, { payload }: PresentedJwt): void {
  if (typeof payload.iss !== "string") refuse("A314311");
}

function checkSubject(_context: EngineContext, { payload }: PresentedJwt): void {
  if (typeof payload.sub !== "string") refuse("A314312");
}

function checkAudience({ service }: EngineContext, { payload: { aud } }: PresentedJwt): void {
  const audiences: unknown[] = Array.isArray(aud) ? aud : [aud];
  if (!audiences.every((audience) => typeof audience === "string")) refuse("A314313");
  const isOurs = [service.issuer, service.tokenEndpoint].some((name) => name && audiences.includes(name));
  if (!isOurs) refuse("A314314");
}

const timeCodes: Record<TimeDefect, RefusalCode> = {
  exp_missing: "A314305",
  exp_malformed: "A314306",
  exp_passed: "A314309",
  iat_missing: "A314307",
  iat_malformed: "A314307",
  iat_future: "A314307",
  nbf_missing: "A314308",
  nbf_malformed: "A314308",
  nbf_future: "A314308",
};

function checkTime(context: EngineContext, { payload }: PresentedJwt): void {
  const defect = checkTimes(context, payload, { required: ["exp"] });
  if (defect) refuse(timeCodes[defect]);
}

function checkIsSigned({ service }: EngineContext, { isSigned }: PresentedJwt): void {
  if (!isSigned && service.jwtGrantUnsignedJwtRejected) refuse("A314310");
}
