import { z } from "zod";
import {
  applicationTypeSchema,
  clientAuthMethodSchema,
  clientRegistrationTypeSchema,
  clientSourceSchema,
  clientTypeSchema,
  deliveryModeSchema,
  fapiModeSchema,
  grantTypeSchema,
  jweAlgSchema,
  jweEncSchema,
  jwsAlgSchema,
  openEnum,
  responseModeSchema,
  responseTypeSchema,
  subjectTypeSchema,
} from "./enumerations.ts";
import { pairSchema, taggedValueSchema } from "./members.ts";

/** Settings of a client that only the owner of the service can change. */
export const clientExtensionSchema = z.looseObject({
  /** The only scopes the client may ask for, where the next member says that they count. */
  requestableScopes: z.array(z.string()).optional(),
  requestableScopesEnabled: z.boolean().optional(),
  /** Durations can only shorten what the service grants; 0 counts as not set. */
  accessTokenDuration: z.int().optional(),
  refreshTokenDuration: z.int().optional(),
  idTokenDuration: z.int().optional(),
  tokenExchangePermitted: z.boolean().optional(),
});

/**
 * The Client object of the Authlete 3.0 API. Durations are seconds, timestamps milliseconds since the epoch.
 * Members that the API does not list yet are kept, because an update replaces the whole object.
 */
export const clientSchema = z.looseObject({
  /** Counts within the service; `clientId` is what identifies the client elsewhere. */
  number: z.int().optional(),
  serviceNumber: z.int().optional(),
  clientName: z.string().optional(),
  clientNames: z.array(taggedValueSchema).optional(),
  description: z.string().optional(),
  descriptions: z.array(taggedValueSchema).optional(),
  clientId: z.int().optional(),
  clientSecret: z.string().optional(),
  clientIdAlias: z.string().optional(),
  /** The alias works only where the service allows aliases too. */
  clientIdAliasEnabled: z.boolean().optional(),
  clientType: openEnum(clientTypeSchema).optional(),
  applicationType: openEnum(applicationTypeSchema).optional(),
  logoUri: z.string().optional(),
  logoUris: z.array(taggedValueSchema).optional(),
  contacts: z.array(z.string()).optional(),
  tlsClientCertificateBoundAccessTokens: z.boolean().optional(),
  dynamicallyRegistered: z.boolean().optional(),
  /** RFC 7591 section 2. */
  softwareId: z.string().optional(),
  /** Who registered the client, in the terms of the service. */
  developer: z.string().optional(),
  softwareVersion: z.string().optional(),
  registrationAccessTokenHash: z.string().optional(),
  /** Milliseconds since the epoch, like every `...At` here. */
  createdAt: z.int().optional(),
  modifiedAt: z.int().optional(),
  grantTypes: z.array(openEnum(grantTypeSchema)).optional(),
  responseTypes: z.array(openEnum(responseTypeSchema)).optional(),
  redirectUris: z.array(z.string()).optional(),
  authorizationSignAlg: openEnum(jwsAlgSchema).optional(),
  authorizationEncryptionAlg: openEnum(jweAlgSchema).optional(),
  authorizationEncryptionEnc: openEnum(jweEncSchema).optional(),
  /** Also names the channel the credentials must come by. Absent: basic for a confidential client. */
  tokenAuthMethod: openEnum(clientAuthMethodSchema).optional(),
  tokenAuthSignAlg: openEnum(jwsAlgSchema).optional(),
  selfSignedCertificateKeyId: z.string().optional(),
  tlsClientAuthSubjectDn: z.string().optional(),
  tlsClientAuthSanDns: z.string().optional(),
  tlsClientAuthSanUri: z.string().optional(),
  tlsClientAuthSanIp: z.string().optional(),
  tlsClientAuthSanEmail: z.string().optional(),
  parRequired: z.boolean().optional(),
  requestObjectRequired: z.boolean().optional(),
  requestSignAlg: openEnum(jwsAlgSchema).optional(),
  requestEncryptionAlg: openEnum(jweAlgSchema).optional(),
  requestEncryptionEnc: openEnum(jweEncSchema).optional(),
  requestUris: z.array(z.string()).optional(),
  /** Seconds; 0 means no limit. */
  defaultMaxAge: z.int().optional(),
  defaultAcrs: z.array(z.string()).optional(),
  idTokenSignAlg: openEnum(jwsAlgSchema).optional(),
  idTokenEncryptionAlg: openEnum(jweAlgSchema).optional(),
  idTokenEncryptionEnc: openEnum(jweEncSchema).optional(),
  authTimeRequired: z.boolean().optional(),
  subjectType: openEnum(subjectTypeSchema).optional(),
  sectorIdentifierUri: z.string().optional(),
  /** Host that pairwise subjects are computed for (OIDC Core 8.1). */
  derivedSectorIdentifier: z.string().optional(),
  jwksUri: z.string().optional(),
  /** JSON text of a JWK Set with public keys. */
  jwks: z.string().optional(),
  userInfoSignAlg: openEnum(jwsAlgSchema).optional(),
  userInfoEncryptionAlg: openEnum(jweAlgSchema).optional(),
  userInfoEncryptionEnc: openEnum(jweEncSchema).optional(),
  loginUri: z.string().optional(),
  tosUri: z.string().optional(),
  tosUris: z.array(taggedValueSchema).optional(),
  policyUri: z.string().optional(),
  policyUris: z.array(taggedValueSchema).optional(),
  clientUri: z.string().optional(),
  clientUris: z.array(taggedValueSchema).optional(),
  bcDeliveryMode: openEnum(deliveryModeSchema).optional(),
  bcNotificationEndpoint: z.string().optional(),
  bcRequestSignAlg: openEnum(jwsAlgSchema).optional(),
  bcUserCodeRequired: z.boolean().optional(),
  /** Free entries, returned with every token call as `clientAttributes`. */
  attributes: z.array(pairSchema).optional(),
  extension: clientExtensionSchema.optional(),
  authorizationDetailsTypes: z.array(z.string()).optional(),
  /** JSON text of an object. */
  customMetadata: z.string().optional(),
  frontChannelRequestObjectEncryptionRequired: z.boolean().optional(),
  requestObjectEncryptionAlgMatchRequired: z.boolean().optional(),
  requestObjectEncryptionEncMatchRequired: z.boolean().optional(),
  digestAlgorithm: z.string().optional(),
  /** A new token ends the earlier ones of the same subject, if the service does not say so already. */
  singleAccessTokenPerSubject: z.boolean().optional(),
  pkceRequired: z.boolean().optional(),
  pkceS256Required: z.boolean().optional(),
  dpopRequired: z.boolean().optional(),
  automaticallyRegistered: z.boolean().optional(),
  explicitlyRegistered: z.boolean().optional(),
  rsRequestSigned: z.boolean().optional(),
  rsSignedRequestKeyId: z.string().optional(),
  clientRegistrationTypes: z.array(openEnum(clientRegistrationTypeSchema)).optional(),
  organizationName: z.string().optional(),
  signedJwksUri: z.string().optional(),
  entityId: z.string().optional(),
  trustAnchorId: z.string().optional(),
  trustChain: z.array(z.string()).optional(),
  trustChainExpiresAt: z.int().optional(),
  trustChainUpdatedAt: z.int().optional(),
  /** A locked client is refused everywhere. */
  locked: z.boolean().optional(),
  credentialOfferEndpoint: z.string().optional(),
  fapiModes: z.array(openEnum(fapiModeSchema)).optional(),
  responseModes: z.array(openEnum(responseModeSchema)).optional(),
  credentialResponseEncryptionRequired: z.boolean().optional(),
  /** RFC 8705 section 5. */
  mtlsEndpointAliasesUsed: z.boolean().optional(),
  inScopeForTokenMigration: z.boolean().optional(),
  metadataDocumentLocation: z.string().optional(),
  metadataDocumentExpiresAt: z.int().optional(),
  metadataDocumentUpdatedAt: z.int().optional(),
  discoveredByMetadataDocument: z.boolean().optional(),
  clientSource: openEnum(clientSourceSchema).optional(),
});

export type Client = z.infer<typeof clientSchema>;
