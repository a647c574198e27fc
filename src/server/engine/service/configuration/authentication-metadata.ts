import type { ClientAuthMethod } from "../../../authlete/enumerations.ts";
import type { Service } from "../../../authlete/service.ts";
import { allowsMethod } from "../../client-authentication/fapi-mode.ts";
import { clientSignatureAlgorithms, secretAlgorithms } from "./algorithms.ts";
import type { Metadata } from "./server-metadata.ts";

/** Methods of client authentication that the engine carries out (OIDC Core 9, RFC 8705 2). */
const methods: readonly ClientAuthMethod[] = [
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
  return {
    ...methodMetadata(service, "token_endpoint", service.supportedTokenAuthMethods),
    ...methodMetadata(service, "revocation_endpoint", service.supportedRevocationAuthMethods),
    ...methodMetadata(service, "introspection_endpoint", service.supportedIntrospectionAuthMethods),
  };
}

/** A service that lists no methods has all of them. The algorithms are those of assertions (RFC 8414 2). */
function methodMetadata(service: Service, endpoint: string, listed: readonly string[] | undefined): Metadata {
  const offered = methods
    .filter((method) => listed?.includes(method) ?? true)
    .filter((method) => allowsMethod(service.fapiModes ?? [], method));
  return {
    [`${endpoint}_auth_methods_supported`]: offered.map((method) => method.toLowerCase()),
    [`${endpoint}_auth_signing_alg_values_supported`]: [
      ...(offered.includes("CLIENT_SECRET_JWT") ? secretAlgorithms : []),
      ...(offered.includes("PRIVATE_KEY_JWT") ? clientSignatureAlgorithms(service) : []),
    ],
  };
}
