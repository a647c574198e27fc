"use server";

import { verifyEmail } from "../../../../server/flow/account/email-verification.ts";
import type { FormState } from "../../../_account/form-state.ts";
import { takeForm } from "../../../_account/take-form.ts";
import { texts as shared } from "../../../_account/texts.ts";
import { verifyForm } from "../form.ts";

/**
 * Verifies the address of a mailed link.
 *
 * @param _previous what the form showed before; comes from the browser and is not used.
 */
export async function verify(_previous: FormState, form: FormData): Promise<FormState> {
  return takeForm(verifyForm, form, async ({ token }, { ports, language }) =>
    (await verifyEmail(ports, token)) ? { goTo: "/verify/done" } : { fault: shared[language].linkExpired },
  );
}
