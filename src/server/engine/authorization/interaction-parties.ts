import type { Client } from "../../authlete/client.ts";
import { authorizationClientSchema } from "../../authlete/limited-client.ts";
import type { Service } from "../../authlete/service.ts";

const shownMembers = Object.keys(authorizationClientSchema.shape);

/** What is shown of a client to whoever asks the user: names and rules, no secrets, no keys. */
export function shownClient(client: Client) {
  const members = Object.entries(client).filter(
    ([name, value]) => shownMembers.includes(name) && value !== undefined,
  );
  return Object.fromEntries(members) as Pick<Client, keyof typeof authorizationClientSchema.shape>;
}

/** Members of a service that nobody needs to ask a user something, and that give power to who has them. */
const secretMembers: ReadonlySet<string> = new Set([
  "apiSecret",
  "jwks",
  "federationJwks",
  "credentialJwks",
  "snsCredentials",
  "authenticationCallbackApiSecret",
  "developerAuthenticationCallbackApiSecret",
  "hsks",
]);

/** A service without its secrets. */
export function publicService(service: Service): Service {
  return Object.fromEntries(Object.entries(service).filter(([name]) => !secretMembers.has(name)));
}
