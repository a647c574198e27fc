"use server";

import { requestRegistration } from "../../../server/flow/account/registration.ts";
import type { FormState } from "../../_account/form-state.ts";
import { takeForm } from "../../_account/take-form.ts";
import { nextPath } from "../login/next-path.ts";
import { registerForm } from "./form.ts";
import { registrationErrors } from "./registration-errors.ts";

/**
 * Begins a registration from its form.
 *
 * @param _previous what the form showed before; comes from the browser and is not used.
 */
export async function register(_previous: FormState, form: FormData): Promise<FormState> {
  return takeForm(registerForm, form, async (values, { ports, language, address }) => {
    const { formToken: _, ...entered } = values;
    const next = nextPath(entered.next);
    const faults = await requestRegistration(ports, { ...entered, next, language, address });
    return faults.length > 0 ? registrationErrors(faults, language) : { goTo: "/register/sent" };
  });
}
