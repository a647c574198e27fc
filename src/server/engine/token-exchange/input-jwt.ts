import type { EngineContext } from "../context.ts";
import { type PresentedJwt, readPresentedJwt } from "../jose/presented-jwt.ts";
import { checkTimes, type TimeClaim, type TimeDefect } from "../jose/times.ts";
import { type RefusalCode, refuse } from "../refusal.ts";

/** Reads a JWT that was presented. Of one that is encrypted for somebody else nothing can be told: it passes, or is refused unread. */
export function readInputJwt(context: EngineContext, value: string): PresentedJwt | undefined {
  const jwt = readPresentedJwt(value);
  if (jwt === "malformed") return refuse("A901311");
  if (jwt !== "encrypted") return jwt;
  return context.service.tokenExchangeEncryptedJwtRejected ? refuse("A901312") : undefined;
}

const timeCodes: Record<TimeDefect, RefusalCode> = {
  exp_missing: "A901317",
  exp_malformed: "A901313",
  exp_passed: "A901313",
  iat_missing: "A901318",
  iat_malformed: "A901314",
  iat_future: "A901314",
  nbf_missing: "A901315",
  nbf_malformed: "A901315",
  nbf_future: "A901315",
};

/** Refuses a JWT at the wrong time. A time that is there has to be right even where it may be missing. */
export function checkInputTimes(
  context: EngineContext,
  { payload }: PresentedJwt,
  required: readonly TimeClaim[] = [],
): void {
  const defect = checkTimes(context, payload, { required });
  if (defect) refuse(timeCodes[defect]);
}

/** A JWT without a signature passes only where the service has nothing against it. */
export function checkUnsigned({ service }: EngineContext, { isSigned }: PresentedJwt): void {
  if (!isSigned && service.tokenExchangeUnsignedJwtRejected) refuse("A901316");
}
