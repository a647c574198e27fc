"use server";

import { z } from "zod";
import { requestRegistration } from "../../../server/flow/account/registration.ts";
import type { FormState } from "../../_account/form-state.ts";
import { takeForm } from "../../_account/take-form.ts";
import { nextPath } from "../login/next-path.ts";
import { registrationErrors } from "./registration-errors.ts";

const schema = z.strictObject({
  formToken: z.string(),
  username: z.string(),
  name: z.string(),
  email: z.string(),
  password: z.string(),
  next: z.string(),
});

/**
 * Begins a registration from its form.
 *
 * @param _previous what the form showed before; comes from the browser and is not used.
 */
export async function register(_previous: FormState, form: FormData): Promise<FormState> {
  const rules = { purpose: "register", schema, kept: ["username", "name", "email"] } as const;
  return takeForm(rules, form, async (values, { ports, language, address }) => {
    const { formToken: _, ...entered } = values;
    const next = nextPath(entered.next);
    const faults = await requestRegistration(ports, { ...entered, next, language, address });
    return faults.length > 0 ? registrationErrors(faults, language) : { goTo: "/register/sent" };
  });
}
