import type { EngineContext } from "../context.ts";
import { type PresentedJwt, readPresentedJwt } from "../jose/presented-jwt.ts";
import { checkTimes, type TimeClaim, type TimeDefect } from "../jose/times.ts";
import { type RefusalCode, refuse } from "../refusal.ts";

/** Reads a JWT that was presented. Of one that is encrypted for somebody else nothing can be told: it passes, or is refused unread. */
export function readInputJwt(context: EngineContext, value: string): PresentedJwt | undefined {
  const jwt = readPresentedJwt(value);
  if (jwt === "malformed") return refuse("A311308");
  if (jwt !== "encrypted") return jwt;
  return context.service.tokenExchangeEncryptedJwtRejected ? refuse("A311309") : undefined;
}

const timeCodes: Record<TimeDefect, RefusalCode> = {
  exp_missing: "A311314",
  exp_malformed: "A311310",
  exp_passed: "A311310",
  iat_missing: "A311315",
  iat_malformed: "A311311",
  iat_future: "A311311",
  nbf_missing: "A311312",
  nbf_malformed: "A311312",
  nbf_future: "A311312",
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
  if (!isSigned && service.tokenExchangeUnsignedJwtRejected) refuse("A311313");
}
