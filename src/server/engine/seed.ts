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
 * @param clients.exampleClientId the number of the application in `examples/relying-party`.
 * @param clients.backend a back end that may call `token.issue`. Its attributes say what it may set there.
 */
export function embeddedClients({
  firstParty,
  backend,
  exampleClientId,
}: {
  firstParty: { id: string; secret: string; scopes: readonly string[] };
  backend?: { id: string; secret: string };
  exampleClientId?: string;
}): SeededClient[] {
  const own: SeededClient = {
    ...confidentialClient(firstParty),
    clientName: "Ticketgate",
    grantTypes: ["PASSWORD", "REFRESH_TOKEN"],
    extension: requestable(firstParty.scopes.filter((scope) => scope !== ISSUE_SCOPE)),
  };
  return [
    own,
    ...(backend ? [backendClient(backend)] : []),
    ...(exampleClientId === undefined ? [] : [exampleClient(exampleClientId)]),
  ];
}

/** Where the example runs. */
const EXAMPLE_ORIGIN = "http://localhost:4000";

/**
 * A public client: the example runs from a fresh checkout beside the server, and a secret would have to be carried from one to the other.
 * Nothing but this machine can be sent to its addresses, and PKCE binds a code to who asked for it.
 */
function exampleClient(id: string): SeededClient {
  return {
    number: internalNumber(Number(id)),
    clientId: Number(id),
    developer: SEEDED,
    clientName: "Example relying party",
    clientType: "PUBLIC",
    applicationType: "WEB",
    tokenAuthMethod: "NONE",
    grantTypes: ["AUTHORIZATION_CODE", "REFRESH_TOKEN"],
    responseTypes: ["CODE"],
    redirectUris: [`${EXAMPLE_ORIGIN}/callback`],
    pkceRequired: true,
    pkceS256Required: true,
    customMetadata: JSON.stringify({ post_logout_redirect_uris: [`${EXAMPLE_ORIGIN}/`] }),
  };
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
