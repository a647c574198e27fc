import type { Client } from "../../authlete/client.ts";
import type { AuthorizationDetails } from "../../authlete/members.ts";
import type { Service } from "../../authlete/service.ts";
import type { Form } from "../form.ts";
import { givenList, givenTexts } from "../given.ts";
import { refuse } from "../refusal.ts";
import { readAuthorizationDetails } from "./read.ts";

/**
 * What a request asks for by `authorization_details` (RFC 9396 2): of types that the service supports and the client may
 * use.
 */
export function requestedAuthorizationDetails(
  service: Service,
  client: Client,
  form: Form,
): AuthorizationDetails | undefined {
  const values = form.get("authorization_details") ?? [];
  if (values.length > 1) refuse("A249307");
  const [text] = values;
  if (!text) return undefined;
  const details = readAuthorizationDetails(text);
  checkTypes(service, client, details);
  return details;
}

/** A service that lists no types supports none; a client that declares none may use all that the service supports. */
function checkTypes(service: Service, client: Client, { elements = [] }: AuthorizationDetails): void {
  const supported = givenTexts(service.supportedAuthorizationDetailsTypes);
  const declared = givenList(client.authorizationDetailsTypes);
  for (const { type } of elements) {
    if (!supported.includes(type)) refuse("A249302");
    if (declared && !declared.includes(type)) refuse("A249303");
  }
}
