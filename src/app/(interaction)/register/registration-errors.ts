import type { RegistrationFault } from "../../../server/flow/account/registration.ts";
import { MINIMUM_LENGTH } from "../../../server/flow/account/self-service.ts";
import type { FormState } from "../../_account/form-state.ts";
import { texts as shared } from "../../_account/texts.ts";
import type { Language } from "../../_language/language.ts";
import { texts } from "./texts.ts";

/** What the form shows of what is wrong with a registration, in the words of the page. */
export function registrationErrors(
  faults: readonly RegistrationFault[],
  language: Language,
): Pick<FormState, "fault" | "errors"> {
  const { correct, passwordRule } = shared[language];
  const errors = faults.map((fault): [string, string[]] => [
    fault.field,
    [fault.field === "password" ? passwordRule(fault.fault, MINIMUM_LENGTH) : texts[language].rule(fault)],
  ]);
  return { fault: correct, errors: Object.fromEntries(errors) };
}
