import { parameter } from "../request-parameters.ts";
import type { Rule } from "../rule.ts";

/** `login_hint` (OIDC Core 3.1.2.1). */
export const loginHint: Rule = ({ parameters }) => {
  const hint = parameter(parameters, "login_hint", ["A069301", "A069302"]);
  return hint === undefined ? {} : { loginHint: hint };
};
