import type { Service } from "../../../authlete/service.ts";
import { authenticationMetadata } from "./authentication-metadata.ts";
import { backchannelMetadata } from "./backchannel-metadata.ts";
import { endpointMetadata } from "./endpoint-metadata.ts";
import { requestMetadata } from "./request-metadata.ts";
import { tokenMetadata } from "./token-metadata.ts";

/** Members of a metadata document; `undefined` ones are left out. */
export type Metadata = Record<string, unknown>;

/**
 * The metadata of the authorization server: RFC 8414 section 2, OpenID Connect Discovery 1.0 section 3 and the registered
 * members of the extensions. It says what the settings say and the engine does, and nothing that is neither.
 */
export function serverMetadata(service: Service): Record<string, unknown> & { issuer?: string } {
  const metadata: Metadata = {
    issuer: service.issuer,
    ...endpointMetadata(service),
    ...requestMetadata(service),
    ...tokenMetadata(service),
    ...authenticationMetadata(service),
    ...backchannelMetadata(service),
  };
  return Object.fromEntries(Object.entries(metadata).filter(([, value]) => isPresent(value)));
}

/** A list without entries says no more than its absence. */
function isPresent(value: unknown): boolean {
  if (value === undefined || value === null || value === "") return false;
  return !Array.isArray(value) || value.length > 0;
}
