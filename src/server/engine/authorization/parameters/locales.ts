import { words } from "../request-parameters.ts";
import type { Rule } from "../rule.ts";

/** `ui_locales` (OIDC Core 3.1.2.1): wishes, the dearest first. Languages that nobody speaks are no error. */
export const uiLocales: Rule = ({ parameters }) => {
  const locales = words(parameters, "ui_locales", ["A018301", "A018302"]);
  return locales ? { uiLocales: locales } : {};
};

/** `claims_locales` (OIDC Core 5.2). */
export const claimsLocales: Rule = ({ parameters }) => {
  const locales = words(parameters, "claims_locales", ["A020301", "A020302"]);
  return locales ? { claimsLocales: locales } : {};
};
