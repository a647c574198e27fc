import type { Client } from "../../authlete/client.ts";

/** How a member of the client metadata is written: as text, list, boolean, number, JSON, or as the name of an enumeration. */
export type MetadataKind =
  | "text"
  | "texts"
  | "boolean"
  | "seconds"
  | "json"
  | "lower-case"
  | "algorithm"
  | "encryption";

type MetadataRow = readonly [member: keyof Client & string, kind: MetadataKind];

/**
 * Client metadata of RFC 7591, OpenID Connect Dynamic Registration and their extensions, with the member of a client that holds
 * each. What needs more than another spelling has a file of its own.
 */
export const metadataNames = {
  redirect_uris: ["redirectUris", "texts"],
  contacts: ["contacts", "texts"],
  application_type: ["applicationType", "lower-case"],
  jwks_uri: ["jwksUri", "text"],
  jwks: ["jwks", "json"],
  software_id: ["softwareId", "text"],
  software_version: ["softwareVersion", "text"],
  sector_identifier_uri: ["sectorIdentifierUri", "text"],
  subject_type: ["subjectType", "lower-case"],
  id_token_signed_response_alg: ["idTokenSignAlg", "algorithm"],
  id_token_encrypted_response_alg: ["idTokenEncryptionAlg", "encryption"],
  id_token_encrypted_response_enc: ["idTokenEncryptionEnc", "encryption"],
  userinfo_signed_response_alg: ["userInfoSignAlg", "algorithm"],
  userinfo_encrypted_response_alg: ["userInfoEncryptionAlg", "encryption"],
  userinfo_encrypted_response_enc: ["userInfoEncryptionEnc", "encryption"],
  request_object_signing_alg: ["requestSignAlg", "algorithm"],
  request_object_encryption_alg: ["requestEncryptionAlg", "encryption"],
  request_object_encryption_enc: ["requestEncryptionEnc", "encryption"],
  authorization_signed_response_alg: ["authorizationSignAlg", "algorithm"],
  authorization_encrypted_response_alg: ["authorizationEncryptionAlg", "encryption"],
  authorization_encrypted_response_enc: ["authorizationEncryptionEnc", "encryption"],
  token_endpoint_auth_method: ["tokenAuthMethod", "lower-case"],
  token_endpoint_auth_signing_alg: ["tokenAuthSignAlg", "algorithm"],
  tls_client_auth_subject_dn: ["tlsClientAuthSubjectDn", "text"],
  tls_client_auth_san_dns: ["tlsClientAuthSanDns", "text"],
  tls_client_auth_san_uri: ["tlsClientAuthSanUri", "text"],
  tls_client_auth_san_ip: ["tlsClientAuthSanIp", "text"],
  tls_client_auth_san_email: ["tlsClientAuthSanEmail", "text"],
  tls_client_certificate_bound_access_tokens: ["tlsClientCertificateBoundAccessTokens", "boolean"],
  dpop_bound_access_tokens: ["dpopRequired", "boolean"],
  default_max_age: ["defaultMaxAge", "seconds"],
  require_auth_time: ["authTimeRequired", "boolean"],
  default_acr_values: ["defaultAcrs", "texts"],
  initiate_login_uri: ["loginUri", "text"],
  request_uris: ["requestUris", "texts"],
  require_pushed_authorization_requests: ["parRequired", "boolean"],
  require_signed_request_object: ["requestObjectRequired", "boolean"],
  authorization_details_types: ["authorizationDetailsTypes", "texts"],
  backchannel_token_delivery_mode: ["bcDeliveryMode", "lower-case"],
  backchannel_client_notification_endpoint: ["bcNotificationEndpoint", "text"],
  backchannel_authentication_request_signing_alg: ["bcRequestSignAlg", "algorithm"],
  backchannel_user_code_parameter: ["bcUserCodeRequired", "boolean"],
} as const satisfies Record<string, MetadataRow>;

/** Metadata that people read, and that come in several languages (RFC 7591 2.2). */
export const localizedNames = {
  client_name: ["clientName", "clientNames"],
  client_uri: ["clientUri", "clientUris"],
  logo_uri: ["logoUri", "logoUris"],
  policy_uri: ["policyUri", "policyUris"],
  tos_uri: ["tosUri", "tosUris"],
} as const satisfies Record<string, readonly [member: keyof Client & string, members: keyof Client & string]>;

/** Members of a client for which metadata exist, but with more to it than another spelling. */
const otherMembers: readonly (keyof Client & string)[] = [
  "clientType",
  "grantTypes",
  "responseTypes",
  "customMetadata",
  "derivedSectorIdentifier",
];

const inMetadata: ReadonlySet<string> = new Set([
  ...Object.values(metadataNames).map(([member]) => member),
  ...Object.values(localizedNames).flat(),
  ...otherMembers,
]);

/** Whether a member of a client is one that the client's own metadata settle. */
export function isInMetadata(member: string): boolean {
  return inMetadata.has(member);
}

/** Names that no custom metadata can have: they mean something already (RFC 7591 2 and 3.2.1). */
export function isStandardMetadata(name: string): boolean {
  const [plain = ""] = name.split("#");
  return Object.hasOwn(metadataNames, plain) || Object.hasOwn(localizedNames, plain) || others.has(plain);
}

const others: ReadonlySet<string> = new Set([
  "client_id",
  "client_id_issued_at",
  "client_secret",
  "client_secret_expires_at",
  "grant_types",
  "registration_access_token",
  "registration_client_uri",
  "response_types",
  "scope",
  "software_statement",
]);
