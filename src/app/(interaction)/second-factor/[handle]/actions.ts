"use server";

import { enrolAtSignIn, keepCodesAtSignIn } from "../../../../server/flow/second-factor/sign-in-step.ts";
import type { FormState } from "../../../_account/form-state.ts";
import { takeForm } from "../../../_account/take-form.ts";
import { signInClaim } from "../../../_bridge/second-factor.ts";
import { browserCaller } from "../../../bridge.ts";
import { nextPath } from "../../login/next-path.ts";
import { secondFactorPath } from "../second-factor-path.ts";
import { codeForm, enrolmentForm, keptForm } from "./form.ts";

/**
 * Takes the code of a sign-in's second factor, trades the ticket, and goes on.
 *
 * @param _previous what the form showed before; comes from the browser and is not used.
 */
export async function enterCode(_previous: FormState, form: FormData): Promise<FormState> {
  return takeForm(codeForm, form, async ({ handle, code, next }) => {
    const caller = await browserCaller();
    const { subject } = await caller.login.secondFactor({ handle, code });
    await caller.token.issue({ ticket: handle, subject });
    return { goTo: nextPath(next) };
  });
}

/**
 * Takes the first code of an authenticator app that is set up within a sign-in, and goes on to the recovery codes.
 *
 * @param _previous what the form showed before; comes from the browser and is not used.
 */
export async function enrol(_previous: FormState, form: FormData): Promise<FormState> {
  return takeForm(enrolmentForm, form, async ({ handle, code, next }, { ports, language }) => {
    await enrolAtSignIn(ports, { ...(await signInClaim(handle)), code, language });
    return { goTo: secondFactorPath(handle, nextPath(next)) };
  });
}

/**
 * Goes on once a person has kept the recovery codes: trades the ticket of the sign-in.
 *
 * @param _previous what the form showed before; comes from the browser and is not used.
 */
export async function keepCodes(_previous: FormState, form: FormData): Promise<FormState> {
  return takeForm(keptForm, form, async ({ handle, next }, { ports }) => {
    const { subject } = await keepCodesAtSignIn(ports, await signInClaim(handle));
    const caller = await browserCaller();
    await caller.token.issue({ ticket: handle, subject });
    return { goTo: nextPath(next) };
  });
}
