import type { Client } from "../../authlete/client.ts";
import type { Service } from "../../authlete/service.ts";
import { refuse } from "../refusal.ts";

/**
 * Whether a client may exchange tokens at all, by the settings of the service.
 *
 * @param client `undefined` when the request names none.
 */
export function checkMayExchangeTokens(service: Service, client: Client | undefined): void {
  if (service.tokenExchangeByIdentifiableClientsOnly && !client) refuse("A901309");
  if (service.tokenExchangeByConfidentialClientsOnly && client?.clientType !== "CONFIDENTIAL") {
    refuse("A311304");
  }
  if (service.tokenExchangeByPermittedClientsOnly && !client?.extension?.tokenExchangePermitted) {
    refuse("A311305");
  }
}
