"use server";

import { confirmRegistration } from "../../../../server/flow/account/registration.ts";
import type { FormState } from "../../../_account/form-state.ts";
import { signInAs } from "../../../_account/sign-in-as.ts";
import { takeForm } from "../../../_account/take-form.ts";
import { texts as shared } from "../../../_account/texts.ts";
import { nextPath } from "../../login/next-path.ts";
import { confirmForm } from "../form.ts";
import { texts } from "../texts.ts";

/**
 * Finishes a registration from the form that the mailed link leads to, and signs the person in.
 *
 * @param _previous what the form showed before; comes from the browser and is not used.
 */
export async function confirm(_previous: FormState, form: FormData): Promise<FormState> {
  return takeForm(confirmForm, form, async ({ token, password }, { ports, language, address }) => {
    const confirmed = await confirmRegistration(ports, { token, password, address });
    const { correct, linkExpired } = shared[language];
    const words = texts[language];
    switch (confirmed.outcome) {
      case "created":
        return signInAs(confirmed.username, password, nextPath(confirmed.next));
      case "expired":
        return { fault: linkExpired };
      case "taken":
        return { fault: words.taken };
      case "wrong_password":
        return { fault: correct, errors: { password: [words.wrongPassword] } };
    }
  });
}
