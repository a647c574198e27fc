"use server";

import { z } from "zod";
import { verifyEmail } from "../../../../server/flow/account/email-verification.ts";
import type { FormState } from "../../../_account/form-state.ts";
import { takeForm } from "../../../_account/take-form.ts";
import { texts as shared } from "../../../_account/texts.ts";

const schema = z.strictObject({ formToken: z.string(), token: z.string() });

/**
 * Verifies the address of a mailed link.
 *
 * @param _previous what the form showed before; comes from the browser and is not used.
 */
export async function verify(_previous: FormState, form: FormData): Promise<FormState> {
  return takeForm({ purpose: "verify-email", schema }, form, async ({ token }, { ports, language }) =>
    (await verifyEmail(ports, token)) ? { goTo: "/verify/done" } : { fault: shared[language].linkExpired },
  );
}
