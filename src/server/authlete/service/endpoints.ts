import { z } from "zod";

const namedUriSchema = z.looseObject({
  name: z.string().optional(),
  uri: z.string().optional(),
});

/** Where the endpoints and documents of the service stand; discovery publishes them (RFC 8414). */
export const endpointSettings = {
  authorizationEndpoint: z.string().optional(),
  tokenEndpoint: z.string().optional(),
  revocationEndpoint: z.string().optional(),
  introspectionEndpoint: z.string().optional(),
  userInfoEndpoint: z.string().optional(),
  pushedAuthReqEndpoint: z.string().optional(),
  registrationEndpoint: z.string().optional(),
  registrationManagementEndpoint: z.string().optional(),
  grantManagementEndpoint: z.string().optional(),
  endSessionEndpoint: z.string().optional(),
  jwksUri: z.string().optional(),
  /** RFC 8705 section 5. */
  mtlsEndpointAliases: z.array(namedUriSchema).optional(),

  policyUri: z.string().optional(),
  tosUri: z.string().optional(),
  serviceDocumentation: z.string().optional(),

  /** Endpoints that Authlete 2.x hosted itself. */
  directAuthorizationEndpointEnabled: z.boolean().optional(),
  directTokenEndpointEnabled: z.boolean().optional(),
  directRevocationEndpointEnabled: z.boolean().optional(),
  directIntrospectionEndpointEnabled: z.boolean().optional(),
  directUserInfoEndpointEnabled: z.boolean().optional(),
  directJwksEndpointEnabled: z.boolean().optional(),
};
