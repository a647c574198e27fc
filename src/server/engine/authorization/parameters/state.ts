import { parameter } from "../request-parameters.ts";
import type { Rule } from "../rule.ts";

/** `state` (RFC 6749 4.1.1): a text of the client's own, whatever is in it. */
export const state: Rule = ({ parameters }) => {
  const value = parameter(parameters, "state", ["A013301", "A013302"]);
  return value === undefined ? {} : { state: value };
};
