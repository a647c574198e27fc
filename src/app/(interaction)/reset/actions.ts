"use server";

import { requestPasswordReset } from "../../../server/flow/account/password-reset.ts";
import type { FormState } from "../../_account/form-state.ts";
import { takeForm } from "../../_account/take-form.ts";
import { texts as shared } from "../../_account/texts.ts";
import { requestForm } from "./form.ts";
import { texts } from "./texts.ts";

/**
 * Mails a link for a new password. What it answers is the same for every address.
 *
 * @param _previous what the form showed before; comes from the browser and is not used.
 */
export async function requestReset(_previous: FormState, form: FormData): Promise<FormState> {
  return takeForm(requestForm, form, async ({ email }, { ports, language, address }) => {
    if (await requestPasswordReset(ports, { email, language, address })) return { goTo: "/reset/sent" };
    return { fault: shared[language].correct, errors: { email: [texts[language].emailInvalid] } };
  });
}
