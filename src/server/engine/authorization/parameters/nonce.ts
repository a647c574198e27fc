import { refuse } from "../../refusal.ts";
import { parameter } from "../request-parameters.ts";
import { contentsOf } from "../response/response-type.ts";
import type { Rule } from "../rule.ts";

/** `nonce`: it binds an ID token to the request, and one that goes through the browser has to be bound (OIDC Core 3.2.2.1). */
export const nonce: Rule = ({ parameters, known }) => {
  const value = parameter(parameters, "nonce", ["A014301", "A014302"]);
  if (value !== undefined) return { nonce: value };
  if (contentsOf(known.responseType).idToken) refuse("A014303");
  return {};
};
