import "server-only";
import {
  hasSecondFactor,
  type OwnSecondFactor,
  ownSecondFactor,
  type SessionOwner,
} from "../../server/flow/second-factor/own-second-factor.ts";
import {
  readSignInStep,
  type SignInClaim,
  type SignInStep,
} from "../../server/flow/second-factor/sign-in-step.ts";
import { getServices } from "../../server/services.ts";
import { cookieRules } from "../../server/session/cookie.ts";
import { transactionCookie } from "../../server/session/transaction.ts";
import { atRequest, pageJar, signedInHere } from "./at-request.ts";

/** What this browser says of a sign-in that it has begun. */
export async function signInClaim(handle: string): Promise<SignInClaim> {
  const [{ config }, store] = await atRequest();
  return { handle, binding: pageJar(store).get(transactionCookie(cookieRules(config.origin), handle)) };
}

/** What is left to do in a sign-in that this browser has begun; `undefined`: nothing that can be done here. */
export async function signInStep(handle: string): Promise<SignInStep | undefined> {
  return readSignInStep(await getServices(), await signInClaim(handle));
}

/** Who is signed in at this browser, for the forms about their second factor. */
export async function sessionOwner(): Promise<SessionOwner | undefined> {
  const signedIn = await signedInHere();
  return signedIn && { subject: signedIn.subject, sessionHash: signedIn.sessionHash };
}

/** What who is signed in at this browser sees of their second factor; `undefined` when nobody is. */
export async function secondFactorHere(): Promise<
  { username: string; factor: OwnSecondFactor; required: boolean } | undefined
> {
  const signedIn = await signedInHere();
  if (!signedIn) return undefined;
  const services = await getServices();
  return {
    username: signedIn.username,
    factor: await ownSecondFactor(services, signedIn),
    required: services.secondFactors?.policy === "required",
  };
}

/** Whether who is signed in has a second factor; `undefined` where nobody can. */
export async function isEnrolled(subject: string): Promise<boolean | undefined> {
  return hasSecondFactor(await getServices(), subject);
}
