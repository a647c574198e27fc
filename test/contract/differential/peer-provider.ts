import { generateKeyPairSync } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import Provider, { type ClientMetadata, type Configuration, type KoaContextWithOIDC } from "oidc-provider";
import { type Party, parties, SCOPES, SUBJECT } from "./parties.ts";

/** oidc-provider on a port of its own, set up as the embedded engine is. */
export async function servePeer(): Promise<{ origin: string; close: () => Promise<void> }> {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(origin, configuration());
  const serve = provider.callback();
  server.on(
    "request",
    (request, response) =>
      void (request.url?.startsWith("/interaction/")
        ? agree(provider, request, response)
        : serve(request, response)),
  );
  return {
    origin,
    close() {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done()));
    },
  };
}

/** Whoever is asked signs in. */
function agree(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  return provider.interactionFinished(request, response, { login: { accountId: SUBJECT }, consent: {} });
}

function configuration(): Configuration {
  return {
    clients: Object.values(parties).map(registered),
    scopes: SCOPES,
    allowOmittingSingleRegisteredRedirectUri: false,
    pkce: { required: (_context, client) => client.clientAuthMethod === "none" },
    features: {
      devInteractions: { enabled: false },
      introspection: { enabled: true, allowedPolicy: async () => true },
    },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    issueRefreshToken: async () => true,
    rotateRefreshToken: true,
    findAccount: (_context, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
    loadExistingGrant: grantEverything,
    renderError: (context, out) => {
      context.body = out;
    },
    cookies: { keys: ["a key of this test"] },
    jwks: { keys: [signingKey()] },
    ttl: {
      AccessToken: 600,
      AuthorizationCode: 60,
      Grant: 600,
      IdToken: 600,
      Interaction: 600,
      RefreshToken: 600,
      Session: 600,
    },
  };
}

/** The user has agreed already. */
async function grantEverything({ oidc }: KoaContextWithOIDC) {
  const grant = new oidc.provider.Grant({ clientId: oidc.client?.clientId, accountId: SUBJECT });
  const { scope } = oidc.params ?? {};
  if (typeof scope === "string") grant.addOIDCScope(scope);
  await grant.save();
  return grant;
}

function registered({ id, secret, redirectUris }: Party): ClientMetadata {
  return {
    client_id: id,
    ...(secret === undefined ? {} : { client_secret: secret }),
    token_endpoint_auth_method: secret === undefined ? "none" : "client_secret_basic",
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"],
    redirect_uris: [...redirectUris],
    id_token_signed_response_alg: "ES256",
  };
}

function signingKey() {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return { ...privateKey.export({ format: "jwk" }), kty: "EC", use: "sig" as const, alg: "ES256" };
}
