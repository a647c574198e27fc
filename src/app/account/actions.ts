"use server";

import { requestEmailVerification } from "../../server/flow/account/email-verification.ts";
import { changePassword } from "../../server/flow/account/password-change.ts";
import { MINIMUM_LENGTH } from "../../server/flow/account/self-service.ts";
import type { FormState } from "../_account/form-state.ts";
import { signInAs } from "../_account/sign-in-as.ts";
import { takeForm } from "../_account/take-form.ts";
import { texts as shared } from "../_account/texts.ts";
import { currentSession } from "../bridge.ts";
import { changeForm, verificationForm } from "./form.ts";
import { texts } from "./texts.ts";

const LOGIN = { goTo: "/login?next=%2Faccount" };

/**
 * Changes the password of who is signed in, and signs them in anew with it: every session ends, this one too.
 *
 * @param _previous what the form showed before; comes from the browser and is not used.
 */
export async function change(_previous: FormState, form: FormData): Promise<FormState> {
  return takeForm(
    changeForm,
    form,
    async ({ current, password, ...choice }, { ports, language, address }) => {
      const session = await currentSession();
      if (!session.signedIn) return LOGIN;
      const { subject } = session;
      const endsApplications = choice.endApplications === "yes";
      const request = { subject, current, password, endsApplications, language, address };
      const changed = await changePassword(ports, request);
      if (changed.outcome === "changed") {
        return signInAs(changed.username, password, "/account?notice=password");
      }
      const { correct, passwordRule } = shared[language];
      const errors = changed.faults.map((fault): [string, string[]] => [
        fault.field,
        [
          fault.field === "current"
            ? texts[language].currentWrong
            : passwordRule(fault.fault, MINIMUM_LENGTH),
        ],
      ]);
      return { fault: correct, errors: Object.fromEntries(errors) };
    },
  );
}

/**
 * Mails who is signed in a link by which they verify their address.
 *
 * @param _previous what the form showed before; comes from the browser and is not used.
 */
export async function sendVerification(_previous: FormState, form: FormData): Promise<FormState> {
  return takeForm(verificationForm, form, async (_, { ports, language, address }) => {
    const session = await currentSession();
    if (!session.signedIn) return LOGIN;
    await requestEmailVerification(ports, { subject: session.subject, language, address });
    return { goTo: "/account?notice=mail" };
  });
}
