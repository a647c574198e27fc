import { clientSchema } from "./client.ts";

const names = {
  number: true,
  clientName: true,
  clientNames: true,
  description: true,
  descriptions: true,
  clientId: true,
  clientIdAlias: true,
  clientIdAliasEnabled: true,
  clientType: true,
} as const;

/** What a list of tokens or of authorizations tells about a client: names, no secrets and no settings. */
export const limitedClientSchema = clientSchema.pick(names);

/** What an authorization endpoint learns about the client: what it shows to the user, and which rules hold. */
export const authorizationClientSchema = clientSchema.pick({
  ...names,
  logoUri: true,
  logoUris: true,
  tosUri: true,
  tosUris: true,
  policyUri: true,
  policyUris: true,
  serviceNumber: true,
  defaultMaxAge: true,
  authTimeRequired: true,
  createdAt: true,
  modifiedAt: true,
  tlsClientCertificateBoundAccessTokens: true,
  bcUserCodeRequired: true,
  dynamicallyRegistered: true,
  parRequired: true,
  requestObjectRequired: true,
  frontChannelRequestObjectEncryptionRequired: true,
  requestObjectEncryptionAlgMatchRequired: true,
  requestObjectEncryptionEncMatchRequired: true,
  singleAccessTokenPerSubject: true,
  pkceRequired: true,
  pkceS256Required: true,
  rsRequestSigned: true,
  dpopRequired: true,
  locked: true,
  mtlsEndpointAliasesUsed: true,
  inScopeForTokenMigration: true,
  trustChainExpiresAt: true,
  trustChainUpdatedAt: true,
  automaticallyRegistered: true,
  explicitlyRegistered: true,
  credentialResponseEncryptionRequired: true,
  metadataDocumentLocation: true,
  metadataDocumentExpiresAt: true,
  metadataDocumentUpdatedAt: true,
  discoveredByMetadataDocument: true,
  clientSource: true,
  entityId: true,
});
