import type { AuthorizationFailReason } from "../../authlete/messages/authorization-fail.ts";
import {
  demandsUnknownContext,
  isFreshEnough,
  lacksContext,
  signedInForThis,
  wantsSomebodyElse,
} from "./demands.ts";
import type { RequestDocument } from "./request-document.ts";
import type { SignedIn } from "./signed-in.ts";

/** All that decides what comes next for a person at the browser. */
export type Situation = {
  document: RequestDocument;
  signedIn: SignedIn | undefined;
  /** Who was chosen at the account chooser for this request. */
  chosenSubject: string | undefined;
};

/** What comes next. With "decide" everything about the person is settled, and only consent is left. */
export type Step =
  | { step: "sign-in" }
  | { step: "register" }
  | { step: "choose-account"; signedIn: SignedIn }
  | { step: "decide"; signedIn: SignedIn }
  | { step: "fail"; reason: AuthorizationFailReason };

type Rule = (situation: Situation) => Step | undefined;
type PersonRule = (situation: Situation & { signedIn: SignedIn }) => Step | undefined;

/** Before anybody is asked for a password it has to be of use. */
const contextIsKnown: Rule = ({ document }) =>
  demandsUnknownContext(document) ? { step: "fail", reason: "ACR_NOT_SATISFIED" } : undefined;

/** `prompt=create` (OpenID Connect Prompt Create): an account that was made for this request, or one that was signed in to instead. */
const accountIsMade: Rule = ({ document, signedIn }) =>
  document.prompts.includes("CREATE") && !(signedIn && signedInForThis(document, signedIn))
    ? { step: "register" }
    : undefined;

const somebodyIsSignedIn: Rule = ({ signedIn }) => (signedIn ? undefined : { step: "sign-in" });

/** `prompt=login` and `max_age` (OIDC Core 3.1.2.1). */
const signInIsFresh: PersonRule = ({ document, signedIn }) =>
  isFreshEnough(document, signedIn) ? undefined : { step: "sign-in" };

/**
 * More than a password (`acr_values`, the claim `acr`): the sign-in for such a request asks for it. Where it was not reached then, it cannot
 * be: an essential claim ends the request, a wish does not (OIDC Core 5.5.1.1).
 */
const contextIsReached: PersonRule = ({ document, signedIn }) => {
  if (!lacksContext(document, signedIn)) return undefined;
  if (!signedInForThis(document, signedIn)) return { step: "sign-in" };
  return document.acrEssential ? { step: "fail", reason: "ACR_NOT_SATISFIED" } : undefined;
};

/** Whoever was asked to sign in as somebody, and signed in as somebody else, is not asked again (OIDC Core 3.1.2.1, id_token_hint). */
const subjectIsWanted: PersonRule = ({ document, signedIn }) => {
  if (!wantsSomebodyElse(document, signedIn)) return undefined;
  return signedInForThis(document, signedIn)
    ? { step: "fail", reason: "DIFFERENT_SUBJECT" }
    : { step: "sign-in" };
};

/** `prompt=select_account`: whoever just typed a name has chosen. */
const accountIsChosen: PersonRule = ({ document, signedIn, chosenSubject }) =>
  document.prompts.includes("SELECT_ACCOUNT") &&
  chosenSubject !== signedIn.subject &&
  !signedInForThis(document, signedIn)
    ? { step: "choose-account", signedIn }
    : undefined;

/** The order in which a person is led through a request; the first rule that is not met says what comes next. */
export const rulesForAnybody = { contextIsKnown, accountIsMade, somebodyIsSignedIn } as const;
export const rulesForSomebody = {
  signInIsFresh,
  contextIsReached,
  subjectIsWanted,
  accountIsChosen,
} as const;

/**
 * Decides what comes next. Every answer depends on what is stored alone, so the page that a person is sent to comes to the same result, and
 * nobody goes in a circle.
 */
export function nextStep(situation: Situation): Step {
  for (const rule of Object.values(rulesForAnybody)) {
    const step = rule(situation);
    if (step) return step;
  }
  const { signedIn } = situation;
  if (!signedIn) return { step: "sign-in" };
  for (const rule of Object.values(rulesForSomebody)) {
    const step = rule({ ...situation, signedIn });
    if (step) return step;
  }
  return { step: "decide", signedIn };
}
