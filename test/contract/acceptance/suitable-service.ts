import type { Service } from "../../../src/server/authlete/service.ts";

export const TOKEN_ENDPOINT = "https://as.example/token";

const DURATION_SECONDS = 600;

/** What a service may demand of requests, or do of its own accord: a topic switches on what it is about. */
const plain: Partial<Service> = {
  pkceRequired: false,
  pkceS256Required: false,
  parRequired: false,
  requestObjectRequired: false,
  scopeRequired: false,
  grantManagementActionRequired: false,
  dpopNonceRequired: false,
  issSuppressed: false,
  idTokenReissuable: false,
  nativeSsoSupported: false,
  singleAccessTokenPerSubject: false,
  missingClientIdAllowed: false,
  refreshTokenKept: false,
  refreshTokenIdempotent: false,
  errorDescriptionOmitted: false,
  errorUriOmitted: false,
  openidDroppedOnRefreshWithoutOfflineAccess: false,
  fapiModes: undefined,
  supportedServiceProfiles: undefined,
  accessTokenSignAlg: undefined,
  attributes: undefined,
};

const scopes = ["openid", "profile", "email"];

/** The settings of a service, changed so that the suite can run against it: its keys and what else it has stay. */
export function suitable(service: Service): Service {
  const known = service.supportedScopes ?? [];
  const missing = scopes.filter((name) => !known.some((scope) => scope.name === name));
  return {
    ...service,
    ...plain,
    issuer: service.issuer ?? "https://as.example",
    tokenEndpoint: service.tokenEndpoint ?? TOKEN_ENDPOINT,
    supportedGrantTypes: ["AUTHORIZATION_CODE", "REFRESH_TOKEN"],
    supportedResponseTypes: ["CODE"],
    supportedScopes: [
      ...known.map((scope) => ({ ...scope, defaultEntry: false })),
      ...missing.map((name) => ({ name })),
    ],
    accessTokenDuration: DURATION_SECONDS,
    refreshTokenDuration: DURATION_SECONDS,
    accessTokenType: "Bearer",
  };
}
