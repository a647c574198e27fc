import type { Service } from "../../authlete/service.ts";

/** Members that are addresses; discovery documents and pages of others lead to them. */
const uriMembers = [
  "tokenBatchNotificationEndpoint",
  "developerAuthenticationCallbackEndpoint",
  "authenticationCallbackEndpoint",
  "authorizationEndpoint",
  "tokenEndpoint",
  "revocationEndpoint",
  "introspectionEndpoint",
  "pushedAuthReqEndpoint",
  "jwksUri",
  "signedJwksUri",
  "userInfoEndpoint",
  "registrationEndpoint",
  "registrationManagementEndpoint",
  "grantManagementEndpoint",
  "federationRegistrationEndpoint",
  "credentialJwksUri",
  "policyUri",
  "tosUri",
  "serviceDocumentation",
  "backchannelAuthenticationEndpoint",
  "deviceAuthorizationEndpoint",
  "deviceVerificationUri",
  "deviceVerificationUriComplete",
  "endSessionEndpoint",
] as const satisfies readonly (keyof Service)[];

/** The first member of a service that is no address though it has to be one. */
export function wrongUri(settings: Service): (keyof Service & string) | undefined {
  const { mtlsEndpointAliases = [], credentialIssuerMetadata = {} } = settings;
  if (!mtlsEndpointAliases.every(({ uri }) => isAddress(uri))) return "mtlsEndpointAliases";
  const { credentialEndpoint, batchCredentialEndpoint, deferredCredentialEndpoint } =
    credentialIssuerMetadata;
  const ofCredentials = [credentialEndpoint, batchCredentialEndpoint, deferredCredentialEndpoint];
  if (!ofCredentials.every(isAddress)) return "credentialIssuerMetadata";
  return uriMembers.find((member) => !isAddress(settings[member]));
}

/** The characters of URIs (RFC 3986 2). */
const URI = /^(?:[\w.~:/?#[\]@!$&'()*+,;=-]|%[\dA-Fa-f]{2})+$/;

function isAddress(text: string | undefined): boolean {
  return text === undefined || isWebUri(text);
}

/** A URL of the web, written as URIs are. Plain http is for development. */
export function isWebUri(text: string): boolean {
  return URI.test(text) && URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
