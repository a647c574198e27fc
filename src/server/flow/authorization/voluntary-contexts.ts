import { authenticationContexts } from "../../oauth/acr.ts";
import type { FormBody } from "../../oauth/form-body.ts";

/**
 * The parameters of a request without the classes of authentication that nobody reaches here: `acr_values` is a wish, and a wish that
 * cannot be met is no error (OIDC Core 3.1.2.1 and 5.5.1.1), which the engine takes it for.
 *
 * @returns the text that is for the engine.
 */
export function withoutUnknownContexts({ text, parameters }: FormBody): string {
  const asked = parameters.get("acr_values");
  if (asked === undefined) return text;
  const known = asked.split(" ").filter((value) => authenticationContexts.includes(value));
  const others = text.split("&").filter((pair) => !isAcrValues(pair));
  const kept = known.length > 0 ? [new URLSearchParams({ acr_values: known.join(" ") }).toString()] : [];
  return [...others, ...kept].join("&");
}

function isAcrValues(pair: string): boolean {
  return new URLSearchParams(pair).has("acr_values");
}
