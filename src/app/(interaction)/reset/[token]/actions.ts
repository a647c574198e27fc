"use server";

import { resetPassword } from "../../../../server/flow/account/password-reset.ts";
import { MINIMUM_LENGTH } from "../../../../server/flow/account/self-service.ts";
import type { FormState } from "../../../_account/form-state.ts";
import { takeForm } from "../../../_account/take-form.ts";
import { texts as shared } from "../../../_account/texts.ts";
import { newPasswordForm } from "../form.ts";

/**
 * Gives an account a new password from the form that the mailed link leads to. Nobody is signed in by it: a link is no password.
 *
 * @param _previous what the form showed before; comes from the browser and is not used.
 */
export async function chooseNewPassword(_previous: FormState, form: FormData): Promise<FormState> {
  return takeForm(newPasswordForm, form, async ({ token, password }, { ports, language }) => {
    const reset = await resetPassword(ports, { token, password, language });
    const { correct, linkExpired, passwordRule } = shared[language];
    switch (reset.outcome) {
      case "changed":
        return { goTo: reset.handle === undefined ? "/reset/done" : `/reset/done?request=${reset.handle}` };
      case "expired":
        return { fault: linkExpired };
      case "refused":
        return { fault: correct, errors: { password: [passwordRule(reset.fault, MINIMUM_LENGTH)] } };
    }
  });
}
