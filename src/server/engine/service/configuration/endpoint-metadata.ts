import type { Service } from "../../../authlete/service.ts";
import type { Metadata } from "./server-metadata.ts";

/** Where the endpoints and the documents stand. */
export function endpointMetadata(service: Service): Metadata {
  return {
    authorization_endpoint: service.authorizationEndpoint,
    token_endpoint: service.tokenEndpoint,
    userinfo_endpoint: service.userInfoEndpoint,
    jwks_uri: service.jwksUri,
    signed_jwks_uri: service.signedJwksUri,
    registration_endpoint: service.registrationEndpoint,
    revocation_endpoint: service.revocationEndpoint,
    introspection_endpoint: service.introspectionEndpoint,
    pushed_authorization_request_endpoint: service.pushedAuthReqEndpoint,
    device_authorization_endpoint: service.deviceAuthorizationEndpoint,
    backchannel_authentication_endpoint: service.backchannelAuthenticationEndpoint,
    grant_management_endpoint: service.grantManagementEndpoint,
    end_session_endpoint: service.endSessionEndpoint,
    mtls_endpoint_aliases: endpointAliases(service),
    service_documentation: service.serviceDocumentation,
    op_policy_uri: service.policyUri,
    op_tos_uri: service.tosUri,
  };
}

/** RFC 8705 section 5. */
function endpointAliases({ mtlsEndpointAliases = [] }: Service): Record<string, string> | undefined {
  const named = mtlsEndpointAliases.filter(({ name, uri }) => name && uri);
  if (named.length === 0) return undefined;
  return Object.fromEntries(named.map(({ name, uri }) => [name as string, uri as string]));
}
