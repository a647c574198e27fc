import type { Client } from "../../authlete/client.ts";
import type { Service } from "../../authlete/service.ts";
import { type Form, optionalParameter } from "../form.ts";
import { givenTexts } from "../given.ts";

/**
 * The authentication context classes that a request asks for (`acr_values`, OIDC Core 3.1.2.1), or those that the client
 * asks for by default. What the service does not support is left out.
 */
export function readAcrs(
  service: Service,
  client: Client,
  form: Form,
): { acrs: string[]; ignored: string[] } {
  const parameter = optionalParameter(form, "acr_values", "A166304");
  const values = parameter?.split(" ").filter((value) => value !== "") ?? [];
  const wanted = [...new Set(values.length > 0 ? values : givenTexts(client.defaultAcrs))];
  const supported = new Set(givenTexts(service.supportedAcrs));
  return {
    acrs: wanted.filter((value) => supported.has(value)),
    ignored: wanted.filter((value) => !supported.has(value)),
  };
}
