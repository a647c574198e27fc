import type { Service } from "../../../authlete/service.ts";
import { clientAlgorithms } from "./algorithms.ts";
import type { Metadata } from "./server-metadata.ts";

/** Methods of client authentication that the engine carries out (OIDC Core 9, RFC 8705 2). */
const methods = [
  "NONE",
  "CLIENT_SECRET_BASIC",
  "CLIENT_SECRET_POST",
  "CLIENT_SECRET_JWT",
  "PRIVATE_KEY_JWT",
  "TLS_CLIENT_AUTH",
  "SELF_SIGNED_TLS_CLIENT_AUTH",
];

/** How clients authenticate at the endpoints that ask them to. */
export function authenticationMetadata(service: Service): Metadata {
  const atTokenEndpoint = offered(service.supportedTokenAuthMethods);
  return {
    ...methodMetadata("token_endpoint", atTokenEndpoint),
    ...methodMetadata("revocation_endpoint", offered(service.supportedRevocationAuthMethods)),
    ...methodMetadata("introspection_endpoint", offered(service.supportedIntrospectionAuthMethods)),
  };
}

/** A service that lists no methods has all of them. */
function offered(listed: readonly string[] | undefined): string[] {
  return methods.filter((method) => listed?.includes(method) ?? true);
}

/** The algorithms are those of assertions, so they are named where assertions are (RFC 8414 2). */
function methodMetadata(endpoint: string, offeredMethods: readonly string[]): Metadata {
  const takesAssertions = offeredMethods.some((method) => method.endsWith("_JWT"));
  return {
    [`${endpoint}_auth_methods_supported`]: offeredMethods.map((method) => method.toLowerCase()),
    [`${endpoint}_auth_signing_alg_values_supported`]: takesAssertions ? clientAlgorithms : undefined,
  };
}
