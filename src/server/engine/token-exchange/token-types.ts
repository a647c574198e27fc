import type { TokenType } from "../../authlete/enumerations.ts";
import type { Service } from "../../authlete/service.ts";

/** The registered token type identifiers (RFC 8693 3). */
const registered: ReadonlyMap<string, TokenType> = new Map([
  ["urn:ietf:params:oauth:token-type:jwt", "JWT"],
  ["urn:ietf:params:oauth:token-type:access_token", "ACCESS_TOKEN"],
  ["urn:ietf:params:oauth:token-type:refresh_token", "REFRESH_TOKEN"],
  ["urn:ietf:params:oauth:token-type:id_token", "ID_TOKEN"],
  ["urn:ietf:params:oauth:token-type:saml1", "SAML1"],
  ["urn:ietf:params:oauth:token-type:saml2", "SAML2"],
]);

const DEVICE_SECRET = "urn:openid:params:token-type:device-secret";

/** The registered type of an identifier. */
export function registeredTokenType(identifier: string): TokenType | undefined {
  return registered.get(identifier);
}

/** The type of an actor token: a registered one or, where the service has Native SSO, a device secret. */
export function actorTokenType(service: Service, identifier: string): TokenType | undefined {
  if (identifier === DEVICE_SECRET) return service.nativeSsoSupported ? "DEVICE_SECRET" : undefined;
  return registeredTokenType(identifier);
}
