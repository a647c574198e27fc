import type { Client } from "../../authlete/client.ts";
import type { ResponseType } from "../../authlete/enumerations.ts";
import { contentsOf, isResponseType } from "../authorization/response/response-type.ts";
import { refuse } from "../refusal.ts";

/** The rules between members of client metadata, in their order. */
const rules: readonly ((client: Client) => void)[] = [
  checkResponseTypesFitGrantTypes,
  checkRedirectUrisAreThere,
  checkRedirectUrisFitApplicationType,
  checkKeysAreThere,
  checkCertificateIsNamed,
  checkSectorIsKnown,
];

/** Refuses client metadata whose members do not go together. */
export function checkClientMetadata(client: Client): void {
  for (const rule of rules) rule(client);
}

/** The table in RFC 7591 2.1. */
function checkResponseTypesFitGrantTypes({ grantTypes = [], responseTypes = [] }: Client): void {
  const contents = knownTypes(responseTypes).map(contentsOf);
  const asksForCode = contents.some(({ code }) => code);
  const asksForTokens = contents.some(({ frontChannelTokens }) => frontChannelTokens);
  const hasCodeGrant = grantTypes.includes("AUTHORIZATION_CODE");
  const hasImplicitGrant = grantTypes.includes("IMPLICIT");
  if (hasCodeGrant && !asksForCode) refuse("A204302");
  if (hasImplicitGrant && !asksForTokens) refuse("A204303");
  if (asksForCode && !hasCodeGrant) refuse("A204304");
  if (asksForTokens && !hasImplicitGrant) refuse("A204305");
}

function knownTypes(responseTypes: readonly string[]): ResponseType[] {
  return responseTypes.filter(isResponseType);
}

/** Flows that redirect need to know where to (RFC 7591 2). */
function checkRedirectUrisAreThere({ grantTypes = [], redirectUris = [] }: Client): void {
  const redirects = grantTypes.includes("AUTHORIZATION_CODE") || grantTypes.includes("IMPLICIT");
  if (redirects && redirectUris.length === 0) refuse("A900305");
}

/** OpenID Connect Dynamic Registration 2, `application_type`. */
function checkRedirectUrisFitApplicationType(client: Client): void {
  const { applicationType, redirectUris = [], grantTypes = [] } = client;
  for (const { protocol, hostname } of redirectUris.map((uri) => new URL(uri))) {
    const isLoopback = ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
    if (applicationType === "NATIVE") {
      if (protocol === "http:" && !isLoopback) refuse("A900305");
    } else if (grantTypes.includes("IMPLICIT") && (protocol !== "https:" || isLoopback)) refuse("A900305");
  }
}

const withKeys: ReadonlySet<string> = new Set(["PRIVATE_KEY_JWT", "SELF_SIGNED_TLS_CLIENT_AUTH"]);

/** Who authenticates with a key has to say which. */
function checkKeysAreThere({ tokenAuthMethod, jwks, jwksUri }: Client): void {
  if (withKeys.has(tokenAuthMethod ?? "") && !jwks && !jwksUri) refuse("A900307");
}

/** Who authenticates with a certificate names its subject in one way (RFC 8705 2.1.2). */
function checkCertificateIsNamed(client: Client): void {
  if (client.tokenAuthMethod !== "TLS_CLIENT_AUTH") return;
  const { tlsClientAuthSubjectDn, tlsClientAuthSanDns, tlsClientAuthSanUri } = client;
  const { tlsClientAuthSanIp, tlsClientAuthSanEmail } = client;
  const names = [tlsClientAuthSubjectDn, tlsClientAuthSanDns, tlsClientAuthSanUri];
  const given = [...names, tlsClientAuthSanIp, tlsClientAuthSanEmail].filter(Boolean);
  if (given.length !== 1) refuse("A900307");
}

/** OIDC Core 8.1: without a sector identifier the host of the redirection URIs is one. */
function checkSectorIsKnown({ subjectType, sectorIdentifierUri, redirectUris = [] }: Client): void {
  if (subjectType === "PAIRWISE" && !sectorIdentifierUri && hostsOf(redirectUris).size > 1) refuse("A204312");
}

function hostsOf(uris: readonly string[]): Set<string> {
  return new Set(uris.map((uri) => new URL(uri).hostname));
}
