import type { Client } from "../authlete/client.ts";
import type { Service } from "../authlete/service.ts";
import { internalNumber } from "./internal-number.ts";

const HOUR_SECONDS = 3600;
const THIRTY_DAYS_SECONDS = 2_592_000;

/** The scope that lets a back end call `token.issue`. */
const ISSUE_SCOPE = "token:issue";

const scopes = [
  { name: "openid", description: "Sign in with your account." },
  { name: "profile", description: "See your name and your profile." },
  { name: "email", description: "See your email address." },
  { name: "offline_access", description: "Stay signed in while you are away." },
  { name: ISSUE_SCOPE, description: "Issue access tokens for users of this service." },
] as const;

/** The `developer` of the clients that the configuration brings. */
export const SEEDED = "ticketgate:configuration";

const userScopes: readonly string[] = scopes.map(({ name }) => name).filter((name) => name !== ISSUE_SCOPE);

const grantTypes = [
  "AUTHORIZATION_CODE",
  "REFRESH_TOKEN",
  "CLIENT_CREDENTIALS",
  "PASSWORD",
  "DEVICE_CODE",
  "CIBA",
  "TOKEN_EXCHANGE",
  "JWT_BEARER",
] as const;

const authenticationMethods = [
  "NONE",
  "CLIENT_SECRET_BASIC",
  "CLIENT_SECRET_POST",
  "CLIENT_SECRET_JWT",
  "PRIVATE_KEY_JWT",
  "TLS_CLIENT_AUTH",
  "SELF_SIGNED_TLS_CLIENT_AUTH",
] as const;

/**
 * The service that the embedded engine begins with.
 *
 * @param service.serviceId its number.
 * @param service.issuer scheme, host and port of the authorization server; the endpoints stand under it.
 * @param service.jwks text of a JWK Set with private keys.
 */
export function embeddedService({
  serviceId,
  issuer,
  jwks,
}: {
  serviceId: string;
  issuer: string;
  jwks: string;
}): Service {
  return {
    number: internalNumber(Number(serviceId)),
    apiKey: Number(serviceId),
    serviceName: "Ticketgate",
    issuer,
    tokenEndpoint: `${issuer}/oauth/token`,
    introspectionEndpoint: `${issuer}/oauth/introspect`,
    revocationEndpoint: `${issuer}/oauth/revoke`,
    jwksUri: `${issuer}/oauth/jwks`,
    jwks,
    supportedGrantTypes: [...grantTypes],
    supportedResponseTypes: ["CODE"],
    supportedTokenAuthMethods: [...authenticationMethods],
    supportedRevocationAuthMethods: [...authenticationMethods],
    supportedIntrospectionAuthMethods: [...authenticationMethods],
    pkceS256Required: true,
    supportedScopes: scopes.map((scope) => ({ ...scope, defaultEntry: false })),
    accessTokenType: "Bearer",
    accessTokenDuration: HOUR_SECONDS,
    refreshTokenDuration: THIRTY_DAYS_SECONDS,
  };
}

/** A client that the configuration brings. */
export type SeededClient = Client & { clientId: number };

/**
 * The clients that the embedded engine begins with.
 *
 * @param clients.firstParty Ticketgate itself, for its own sign-in. It never gets the scope `token:issue`.
 * @param clients.backend a back end that may call `token.issue`. Its attributes say what it may set there.
 */
export function embeddedClients({
  firstParty,
  backend,
}: {
  firstParty: { id: string; secret: string; scopes: readonly string[] };
  backend?: { id: string; secret: string };
}): SeededClient[] {
  const own: SeededClient = {
    ...confidentialClient(firstParty),
    clientName: "Ticketgate",
    grantTypes: ["PASSWORD", "REFRESH_TOKEN"],
    extension: requestable(firstParty.scopes.filter((scope) => scope !== ISSUE_SCOPE)),
  };
  return backend ? [own, backendClient(backend)] : [own];
}

function backendClient(backend: { id: string; secret: string }): SeededClient {
  return {
    ...confidentialClient(backend),
    clientName: "Back end",
    grantTypes: ["CLIENT_CREDENTIALS", "PASSWORD", "REFRESH_TOKEN"],
    extension: requestable([...userScopes, ISSUE_SCOPE]),
    attributes: [
      { key: "token_issue.properties", value: "*" },
      { key: "token_issue.claims", value: "*" },
      { key: "token_issue.access_token", value: "true" },
    ],
  };
}

function confidentialClient({ id, secret }: { id: string; secret: string }): SeededClient {
  return {
    number: internalNumber(Number(id)),
    clientId: Number(id),
    clientSecret: secret,
    developer: SEEDED,
    clientType: "CONFIDENTIAL",
    applicationType: "WEB",
    tokenAuthMethod: "CLIENT_SECRET_BASIC",
  };
}

function requestable(requestableScopes: string[]): Client["extension"] {
  return { requestableScopesEnabled: true, requestableScopes };
}
