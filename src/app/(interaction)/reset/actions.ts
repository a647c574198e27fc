"use server";

import { requestPasswordReset } from "../../../server/flow/account/password-reset.ts";
import { handleIn } from "../../../server/http/interaction-path.ts";
import type { FormState } from "../../_account/form-state.ts";
import { takeForm } from "../../_account/take-form.ts";
import { texts as shared } from "../../_account/texts.ts";
import { nextPath } from "../login/next-path.ts";
import { requestForm } from "./form.ts";
import { texts } from "./texts.ts";

/**
 * Mails a link for a new password. What it answers is the same for every address. Of where the person was on the way to, only an application's
 * request goes along.
 *
 * @param _previous what the form showed before; comes from the browser and is not used.
 */
export async function requestReset(_previous: FormState, form: FormData): Promise<FormState> {
  return takeForm(requestForm, form, async (values, { ports, language, address }) => {
    const next = nextPath(values.next);
    const request = { email: values.email, handle: handleIn(next), language, address };
    if (await requestPasswordReset(ports, request)) {
      return { goTo: next === "/" ? "/reset/sent" : `/reset/sent?next=${encodeURIComponent(next)}` };
    }
    return { fault: shared[language].correct, errors: { email: [texts[language].emailInvalid] } };
  });
}
