import { z } from "zod";
import { clientRegistrationTypeSchema, openEnum } from "../enumerations.ts";

const trustAnchorSchema = z.looseObject({
  entityId: z.string().optional(),
  jwks: z.string().optional(),
});

/** How clients come to be known: dynamic registration (RFC 7591), federation, metadata documents. */
export const clientRegistrationSettings = {
  dynamicRegistrationSupported: z.boolean().optional(),
  /** The `scope` a client registers becomes the list of scopes it may ask for. */
  dcrScopeUsedAsRequestable: z.boolean().optional(),
  dcrDuplicateSoftwareIdBlocked: z.boolean().optional(),
  supportedCustomClientMetadata: z.array(z.string()).optional(),

  federationEnabled: z.boolean().optional(),
  /** JSON text of a JWK Set. */
  federationJwks: z.string().optional(),
  federationSignatureKeyId: z.string().optional(),
  federationConfigurationDuration: z.int().optional(),
  federationRegistrationEndpoint: z.string().optional(),
  authorityHints: z.array(z.string()).optional(),
  trustAnchors: z.array(trustAnchorSchema).optional(),
  signedJwksUri: z.string().optional(),
  supportedClientRegistrationTypes: z.array(openEnum(clientRegistrationTypeSchema)).optional(),

  clientIdMetadataDocumentSupported: z.boolean().optional(),
  cimdAllowlistEnabled: z.boolean().optional(),
  cimdAllowlist: z.array(z.string()).optional(),
  cimdAlwaysRetrieved: z.boolean().optional(),
  cimdHttpPermitted: z.boolean().optional(),
  cimdQueryPermitted: z.boolean().optional(),
  cimdMetadataPolicyEnabled: z.boolean().optional(),
  /** JSON text. */
  cimdMetadataPolicy: z.string().optional(),
  httpAliasProhibited: z.boolean().optional(),
};
