import { authorizationDetailsJson } from "../authorization-details/json.ts";
import type { ManagedGrant } from "../records.ts";

/** A grant as the client reads it (Grant Management for OAuth 2.0, 6.4). */
export function grantDocument({ grant }: ManagedGrant): Record<string, unknown> {
  const { scopes, claims, authorizationDetails } = grant;
  return {
    ...(scopes ? { scopes } : {}),
    ...(claims ? { claims } : {}),
    ...(authorizationDetails
      ? { authorization_details: authorizationDetailsJson(authorizationDetails) }
      : {}),
  };
}
