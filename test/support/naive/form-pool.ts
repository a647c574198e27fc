import type { AttackedForms } from "../../attack/pages.ts";
import { createNaiveForms } from "./forms.ts";

/** Forms with a token, which is good when it is one that was given out, to whomever. */
export function createFormPool(): AttackedForms {
  const forms = createNaiveForms();
  const given = new Set<string>();
  return {
    async open() {
      const formToken = crypto.randomUUID();
      given.add(formToken);
      return { formToken };
    },
    send: async (browser, form, { formToken = "", ...members }) =>
      given.has(formToken) ? forms.send(browser, form, members) : "FORM_EXPIRED",
  };
}
