import type { Client } from "../../authlete/client.ts";
import { authorizationClientSchema } from "../../authlete/limited-client.ts";
import { type Service, serviceSchema } from "../../authlete/service.ts";

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

const publicMembers = new Set(Object.keys(serviceSchema.shape).filter((name) => !secretMembers.has(name)));

/** A service without its secrets, and without members that nobody can say of whether they are some. */
export function publicService(service: Service): Service {
  const members = Object.entries(service).filter(
    ([name, value]) => publicMembers.has(name) && value !== undefined,
  );
  return Object.fromEntries(members);
}
