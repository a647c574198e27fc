import { refuse } from "../../refusal.ts";
import { parameter } from "../request-parameters.ts";
import type { Rule } from "../rule.ts";

const SHORTEST = 3;
const LONGEST = 300;

/** `purpose` (OIDC for Identity Assurance 1.0, 8): why the client asks, for the user to read. */
export const purpose: Rule = ({ parameters }) => {
  const text = parameter(parameters, "purpose", ["A252301", "A252302"]);
  if (text === undefined) return {};
  const { length } = [...text];
  if (length < SHORTEST) refuse("A252303");
  if (length > LONGEST) refuse("A252304");
  return { purpose: text };
};
