import { requestedAuthorizationDetails } from "../../authorization-details/requested.ts";
import { refuse } from "../../refusal.ts";
import type { Rule } from "../rule.ts";

/** `authorization_details` (RFC 9396 2). */
export const authorizationDetails: Rule = ({ context: { service }, client, parameters }) => {
  if (parameters.mistyped.has("authorization_details")) refuse("A249305");
  const details = requestedAuthorizationDetails(service, client, parameters.form);
  return details ? { authorizationDetails: details } : {};
};
