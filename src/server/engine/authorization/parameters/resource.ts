import { refuse } from "../../refusal.ts";
import { readResources } from "../../token/resources.ts";
import type { Rule } from "../rule.ts";

/** `resource` (RFC 8707 2): where the client wants to use the access token. It may come more than once. */
export const resource: Rule = ({ parameters: { form, mistyped } }) => {
  if (mistyped.has("resource")) refuse("A251301");
  return { resources: readResources(form) };
};
