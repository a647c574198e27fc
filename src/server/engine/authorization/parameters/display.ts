import { displaySchema } from "../../../authlete/enumerations.ts";
import { givenList } from "../../given.ts";
import { refuse } from "../../refusal.ts";
import { parameter } from "../request-parameters.ts";
import type { Rule } from "../rule.ts";

/** `display` (OIDC Core 3.1.2.1). A service that lists nothing takes any: it is a wish about looks. */
export const display: Rule = ({ context, parameters }) => {
  const value = parameter(parameters, "display", ["A015301", "A015302"]);
  const supported = givenList(context.service.supportedDisplays);
  if (value === undefined) {
    if (supported && !supported.includes("PAGE")) refuse("A015304");
    return { display: "PAGE" };
  }
  const named = displaySchema.safeParse(value.toUpperCase());
  if (!named.success || value !== value.toLowerCase()) return refuse("A015303");
  if (supported && !supported.includes(named.data)) refuse("A015305");
  return { display: named.data };
};
