import type { Client } from "../../authlete/client.ts";
import type { GrantType } from "../../authlete/enumerations.ts";
import type { Service } from "../../authlete/service.ts";
import { refuse } from "../refusal.ts";

/**
 * Under every FAPI mode the password grant is forbidden, and client authentication needs an assertion or a certificate.
 * The methods that the engine can check are neither.
 */
export function checkFapiModes(service: Service, client: Client, grantType: GrantType): void {
  if (!service.fapiModes?.length && !client.fapiModes?.length) return;
  if (grantType === "PASSWORD") refuse("A295306");
  refuse("A295301");
}
