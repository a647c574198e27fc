"use server";

import {
  beginEnrolment,
  confirmEnrolment,
  endOtherSessions,
  type FactorEnd,
  leaveSetup,
  renewRecoveryCodes,
  type SessionOwner,
  turnOffSecondFactor,
} from "../../../server/flow/second-factor/own-second-factor.ts";
import type { FormState } from "../../_account/form-state.ts";
import { texts as factor } from "../../_account/second-factor-texts.ts";
import { type FormContext, type FormEnd, takeForm } from "../../_account/take-form.ts";
import { texts as shared } from "../../_account/texts.ts";
import { sessionOwner } from "../../_bridge/second-factor.ts";
import type { Language } from "../../_language/language.ts";
import { texts as account } from "../texts.ts";
import {
  beginForm,
  codesForm,
  confirmForm,
  leaveForm,
  offForm,
  PAGE,
  pageAfter,
  sessionsForm,
} from "./form.ts";

/**
 * Begins to set up an authenticator app for who is signed in and knows the password.
 *
 * @param _previous what the form showed before; comes from the browser and is not used.
 */
export async function begin(_previous: FormState, form: FormData): Promise<FormState> {
  return takeForm(beginForm, form, (values, context) =>
    asOwner(async (owner) => {
      const end = await beginEnrolment(context.ports, { ...owner, ...values, ...context });
      return endOf(end, PAGE, context.language);
    }),
  );
}

/**
 * Takes the first code of the app, and goes on to the recovery codes.
 *
 * @param _previous what the form showed before; comes from the browser and is not used.
 */
export async function confirm(_previous: FormState, form: FormData): Promise<FormState> {
  return takeForm(confirmForm, form, (values, context) =>
    asOwner(async (owner) => {
      const end = await confirmEnrolment(context.ports, { ...owner, ...values, ...context });
      return endOf(end, PAGE, context.language);
    }),
  );
}

/**
 * Ends what is shown: recovery codes that were kept, or a setup that is not wanted.
 *
 * @param _previous what the form showed before; comes from the browser and is not used.
 */
export async function leave(_previous: FormState, form: FormData): Promise<FormState> {
  return takeForm(leaveForm, form, (_, { ports }) =>
    asOwner(async (owner) => {
      await leaveSetup(ports, owner);
      return { goTo: PAGE };
    }),
  );
}

/**
 * Makes new recovery codes, for password and code, and goes on to them.
 *
 * @param _previous what the form showed before; comes from the browser and is not used.
 */
export async function renewCodes(_previous: FormState, form: FormData): Promise<FormState> {
  return takeForm(codesForm, form, (values, context) => proved(renewRecoveryCodes, values, context, PAGE));
}

/**
 * Turns two-step sign-in off, for password and code.
 *
 * @param _previous what the form showed before; comes from the browser and is not used.
 */
export async function turnOff(_previous: FormState, form: FormData): Promise<FormState> {
  return takeForm(offForm, form, (values, context) =>
    proved(turnOffSecondFactor, values, context, pageAfter("off")),
  );
}

/**
 * Ends the other sessions of who is signed in.
 *
 * @param _previous what the form showed before; comes from the browser and is not used.
 */
export async function signOutElsewhere(_previous: FormState, form: FormData): Promise<FormState> {
  return takeForm(sessionsForm, form, (_, { ports }) =>
    asOwner(async (owner) => {
      await endOtherSessions(ports, owner);
      return { goTo: pageAfter("sessions") };
    }),
  );
}

type Proof = { password: string; code: string };

async function proved(
  change: typeof turnOffSecondFactor,
  { password, code }: Proof,
  { ports, language, address }: FormContext,
  goTo: string,
): Promise<FormEnd> {
  return asOwner(async (owner) =>
    endOf(await change(ports, { ...owner, password, code, language, address }), goTo, language),
  );
}

async function asOwner(work: (owner: SessionOwner) => Promise<FormEnd>): Promise<FormEnd> {
  const owner = await sessionOwner();
  return owner ? work(owner) : { goTo: `/login?next=${encodeURIComponent(PAGE)}` };
}

/** What is over is seen on the page as it is now. */
function endOf(end: FactorEnd, goTo: string, language: Language): FormEnd {
  switch (end) {
    case "done":
      return { goTo };
    case "over":
      return { goTo: PAGE };
    case "password":
      return { fault: shared[language].correct, errors: { password: [account[language].currentWrong] } };
    case "code":
      return { fault: shared[language].correct, errors: { code: [factor[language].codeWrong] } };
  }
}
