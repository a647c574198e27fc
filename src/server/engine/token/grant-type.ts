import type { Client } from "../../authlete/client.ts";
import type { GrantType } from "../../authlete/enumerations.ts";
import type { Service } from "../../authlete/service.ts";
import { type Form, requiredParameter } from "../form.ts";
import { givenList } from "../given.ts";
import { type RefusalCode, refuse } from "../refusal.ts";

/** Values of `grant_type` and the names the API has for them. */
const grantTypes = new Map<string, GrantType>([
  ["authorization_code", "AUTHORIZATION_CODE"],
  ["password", "PASSWORD"],
  ["client_credentials", "CLIENT_CREDENTIALS"],
  ["refresh_token", "REFRESH_TOKEN"],
  ["urn:ietf:params:oauth:grant-type:token-exchange", "TOKEN_EXCHANGE"],
  ["urn:ietf:params:oauth:grant-type:jwt-bearer", "JWT_BEARER"],
  ["urn:openid:params:grant-type:ciba", "CIBA"],
  ["urn:ietf:params:oauth:grant-type:device_code", "DEVICE_CODE"],
  ["urn:ietf:params:oauth:grant-type:pre-authorized_code", "PRE_AUTHORIZED_CODE"],
]);

const values = new Map([...grantTypes].map(([value, grantType]) => [grantType, value]));

/** The name of a grant type in OAuth: the value of `grant_type`, or `implicit`. */
export function grantTypeValue(grantType: GrantType): string {
  return values.get(grantType) ?? grantType.toLowerCase();
}

/** The grant type of its name in OAuth. */
export function grantTypeNamed(name: string): GrantType | undefined {
  return name === "implicit" ? "IMPLICIT" : grantTypes.get(name);
}

/** The grant type of a token request. */
export function readGrantType(form: Form): GrantType {
  const value = requiredParameter(form, "grant_type", ["A049301", "A049302", "A049303"]);
  if (value === "implicit") refuse("A049306");
  return grantTypes.get(value) ?? refuse("A049304");
}

/** A service that lists no grant types supports all that the engine can do; an empty list supports none. */
export function checkServiceSupportsGrantType(
  service: Service,
  grantType: GrantType,
  code: RefusalCode = "A049305",
): void {
  if (!supports(service, grantType)) refuse(code);
}

/** A client that declares no grant types may use all; an empty list declares none. */
export function checkClientDeclaresGrantType(client: Client, grantType: GrantType): void {
  if (!declares(client, grantType)) refuse("A047302");
}

/** Refresh tokens are issued only to those who could use them. */
export function refreshTokenIsIssued(service: Service, client: Client): boolean {
  return supports(service, "REFRESH_TOKEN") && declares(client, "REFRESH_TOKEN");
}

function supports(service: Service, grantType: GrantType): boolean {
  return givenList(service.supportedGrantTypes)?.includes(grantType) ?? true;
}

function declares(client: Client, grantType: GrantType): boolean {
  return givenList(client.grantTypes)?.includes(grantType) ?? true;
}
