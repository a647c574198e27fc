import type { Client } from "../../authlete/client.ts";
import type { Service } from "../../authlete/service.ts";
import { type ClientEndpoint, endpointUrls } from "./endpoint.ts";
import { fapiModes, isFapi2 } from "./fapi-mode.ts";

/**
 * Whether an assertion is meant for this service (RFC 7523 3): its audience is the issuer, the token endpoint, or the endpoint it came
 * to. Where the service says so it is the issuer and nothing else; in a FAPI 2 mode that is no list either (FAPI 2 5.3.2.1).
 */
export function isExpectedAudience(
  service: Service,
  client: Client,
  { aud, endpoint }: { aud: unknown; endpoint: ClientEndpoint },
): boolean {
  const audiences: readonly unknown[] = Array.isArray(aud) ? aud : [aud];
  const { issuer } = service;
  if (isFapi2(fapiModes(service, client))) return isNamed(issuer) && aud === issuer;
  if (service.clientAssertionAudRestrictedToIssuer) {
    return isNamed(issuer) && audiences.length === 1 && audiences[0] === issuer;
  }
  const expected = [issuer, ...endpointUrls(service, "token"), ...endpointUrls(service, endpoint)];
  return audiences.some((audience) => isNamed(audience) && expected.includes(audience));
}

function isNamed(audience: unknown): audience is string {
  return typeof audience === "string" && audience !== "";
}
