import type { Client } from "../../../authlete/client.ts";
import type { AuthorizationDetails } from "../../../authlete/members.ts";
import type { Service } from "../../../authlete/service.ts";
import { readAuthorizationDetails } from "../../authorization-details/read.ts";
import { givenList, givenTexts } from "../../given.ts";
import { refuse } from "../../refusal.ts";
import type { Rule } from "../rule.ts";

/** `authorization_details` (RFC 9396 2). */
export const authorizationDetails: Rule = ({ context: { service }, client, parameters }) => {
  const { form, mistyped } = parameters;
  if (mistyped.has("authorization_details")) refuse("A249305");
  const values = form.get("authorization_details") ?? [];
  if (values.length > 1) refuse("A249307");
  const [text] = values;
  if (!text) return {};
  const details = readAuthorizationDetails(text);
  checkTypes(service, client, details);
  return { authorizationDetails: details };
};

/** A service that lists no types supports none; a client that declares none may use all that the service supports. */
function checkTypes(service: Service, client: Client, { elements = [] }: AuthorizationDetails): void {
  const supported = givenTexts(service.supportedAuthorizationDetailsTypes);
  const declared = givenList(client.authorizationDetailsTypes);
  for (const { type } of elements) {
    if (!supported.includes(type)) refuse("A249302");
    if (declared && !declared.includes(type)) refuse("A249303");
  }
}
