import { authenticationContext, authenticationContexts } from "../../oauth/acr.ts";
import { reachedContexts } from "./reached-contexts.ts";
import type { RequestDocument } from "./request-document.ts";
import type { SignedIn } from "./signed-in.ts";

/**
 * The moment since when somebody must have signed in, in milliseconds since the epoch: for `prompt=login` and `max_age=0` the request itself,
 * for another `max_age` so much before it. It does not move on while a person reads, so nobody is asked twice.
 *
 * @returns `undefined` when any sign-in will do.
 * @see OpenID Connect Core 1.0, section 3.1.2.1
 */
export function signInDemandedSince({ prompts, maxAge, createdAt }: RequestDocument): number | undefined {
  if (prompts.includes("LOGIN")) return createdAt;
  return maxAge === undefined ? undefined : createdAt - maxAge * 1000;
}

/** Whether a sign-in is as fresh as the request wants it. */
export function isFreshEnough(document: RequestDocument, { authenticatedAt }: SignedIn): boolean {
  const since = signInDemandedSince(document);
  return since === undefined || authenticatedAt >= since;
}

/** Whether somebody signed in for this very request: after it was sent. */
export function signedInForThis({ createdAt }: RequestDocument, { authenticatedAt }: SignedIn): boolean {
  return authenticatedAt >= createdAt;
}

/** Whether a class of authentication that must be reached is none that anybody can reach here (OIDC Core 5.5.1.1). */
export function demandsUnknownContext({ acrs, acrEssential }: RequestDocument): boolean {
  return acrEssential && !acrs.some((acr) => authenticationContexts.includes(acr));
}

/** Whether the request names classes of authentication, and a password alone reaches none of them. */
export function demandsMultiFactor({ acrs }: Pick<RequestDocument, "acrs">): boolean {
  return acrs.includes(authenticationContext.multiFactor) && !acrs.includes(authenticationContext.password);
}

/** Whether somebody has reached none of the classes of authentication that the request names. */
export function lacksContext({ acrs }: Pick<RequestDocument, "acrs">, signedIn: SignedIn): boolean {
  const reached = reachedContexts(signedIn);
  return demandsMultiFactor({ acrs }) && !acrs.some((acr) => reached.includes(acr));
}

/** Whether the request wants somebody else to be signed in. */
export function wantsSomebodyElse({ subject }: RequestDocument, signedIn: SignedIn): boolean {
  return subject !== undefined && subject !== signedIn.subject;
}
