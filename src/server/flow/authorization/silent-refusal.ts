import type { AuthorizationFailReason } from "../../authlete/messages/authorization-fail.ts";
import { demandsUnknownContext, lacksContext, wantsSomebodyElse } from "./demands.ts";
import type { RequestDocument } from "./request-document.ts";
import type { SignedIn } from "./signed-in.ts";

type Situation = { document: RequestDocument; signedIn: SignedIn; now: number };
type Rule = (situation: Situation) => AuthorizationFailReason | undefined;

/** Whole seconds, as `auth_time` will say it. A request with `max_age=0` wants a sign-in that nobody may be asked for. */
const age: Rule = ({ document: { maxAge }, signedIn, now }) => {
  if (maxAge === undefined) return undefined;
  const authTime = Math.floor(signedIn.authenticatedAt / 1000);
  return maxAge === 0 || authTime + maxAge < Math.floor(now / 1000) ? "EXCEEDS_MAX_AGE" : undefined;
};

const subject: Rule = ({ document, signedIn }) =>
  wantsSomebodyElse(document, signedIn) ? "DIFFERENT_SUBJECT" : undefined;

const context: Rule = ({ document, signedIn }) =>
  demandsUnknownContext(document) || (document.acrEssential && lacksContext(document, signedIn))
    ? "ACR_NOT_SATISFIED"
    : undefined;

/** The order of the checks after the first one, that somebody is signed in, and before the last one, consent. */
export const silentRules = { age, subject, context } as const;

/**
 * Why a request with `prompt=none` cannot be granted to whoever is signed in, consent aside.
 *
 * @param situation.now milliseconds since the epoch.
 * @see OpenID Connect Core 1.0, sections 3.1.2.1 and 3.1.2.6
 */
export function silentRefusal(situation: {
  document: RequestDocument;
  signedIn: SignedIn | undefined;
  now: number;
}): AuthorizationFailReason | undefined {
  const { signedIn } = situation;
  if (!signedIn) return "NOT_LOGGED_IN";
  for (const rule of Object.values(silentRules)) {
    const reason = rule({ ...situation, signedIn });
    if (reason !== undefined) return reason;
  }
  return undefined;
}
