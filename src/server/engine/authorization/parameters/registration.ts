import { refuse } from "../../refusal.ts";
import type { Rule } from "../rule.ts";

/** `registration` (OIDC Core 7.2.1) is for self-issued providers. It is refused and not ignored, as 3.1.2.6 says. */
export const registration: Rule = ({ parameters: { form, mistyped } }) => {
  const isGiven = mistyped.has("registration") || form.get("registration")?.some((value) => value !== "");
  if (isGiven) refuse("A008312");
  return {};
};
