import { generateKeyPairSync } from "node:crypto";
import * as oauth from "oauth4webapi";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { secretOf } from "../../support/gate.ts";
import {
  accessTokenOf,
  type Provider,
  person,
  startProvider,
  tokensOf,
  webApp,
} from "../../support/provider.ts";

/** A certified client library without options of ours, over HTTP: what it does not accept is not OAuth. */
const insecure = { [oauth.allowInsecureRequests]: true };
const client: oauth.Client = { client_id: String(webApp.clientId) };
const authentication = oauth.ClientSecretBasic(webApp.clientSecret);

let provider: Provider;
let server: oauth.AuthorizationServer;
beforeAll(async () => {
  provider = await startProvider();
  const issuer = new URL(provider.origin);
  server = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, insecure));
});
beforeEach(() => provider.setClient({}));
afterAll(() => provider.close());

async function clientCredentials(
  authenticate: oauth.ClientAuth,
  options: Parameters<typeof oauth.clientCredentialsGrantRequest>[4] = {},
  as = client,
) {
  const parameters = { scope: "email" };
  const response = await oauth.clientCredentialsGrantRequest(server, as, authenticate, parameters, {
    ...insecure,
    ...options,
  });
  return oauth.processClientCredentialsResponse(server, as, response);
}

describe("metadata", () => {
  it.each(["oidc", "oauth2"] as const)("are found and accepted, as %s", async (algorithm) => {
    const issuer = new URL(provider.origin);
    const response = await oauth.discoveryRequest(issuer, { ...insecure, algorithm });
    const found = await oauth.processDiscoveryResponse(issuer, response);
    expect(found).toMatchObject({
      issuer: provider.origin,
      token_endpoint: `${provider.origin}/oauth/token`,
    });
  });
});

describe("client credentials", () => {
  it("with client_secret_basic and client_secret_post", async () => {
    expect((await clientCredentials(authentication)).token_type).toBe("bearer");
    await provider.setClient({ tokenAuthMethod: "CLIENT_SECRET_POST" });
    const posted = await clientCredentials(oauth.ClientSecretPost(webApp.clientSecret));
    expect(posted.access_token).toEqual(expect.any(String));
  });

  it.each(["ES256", "PS256", "RS256", "Ed25519"])("with private_key_jwt, %s", async (alg) => {
    const keys = await oauth.generateKeyPair(alg, { extractable: true });
    const publicKey = await crypto.subtle.exportKey("jwk", keys.publicKey);
    await provider.setClient({
      tokenAuthMethod: "PRIVATE_KEY_JWT",
      jwks: JSON.stringify({ keys: [{ ...publicKey, key_ops: undefined, kid: "k" }] }),
    });
    const key = { key: keys.privateKey, kid: "k" };
    expect((await clientCredentials(oauth.PrivateKeyJwt(key))).access_token).toEqual(expect.any(String));
    const other = await oauth.generateKeyPair(alg);
    const wrong = clientCredentials(oauth.PrivateKeyJwt({ key: other.privateKey, kid: "k" }));
    await expect(wrong).rejects.toMatchObject({ status: 401 });
  });

  it("bound to a DPoP key, with the nonce that the server wants", async () => {
    await provider.setService({ dpopNonceRequired: true });
    const DPoP = oauth.DPoP(client, await oauth.generateKeyPair("ES256"));
    const first = await clientCredentials(authentication, { DPoP }).catch((error: unknown) => error);
    expect(oauth.isDPoPNonceError(first)).toBe(true);
    const bound = await clientCredentials(authentication, { DPoP });
    expect(bound.token_type).toBe("dpop");
    await provider.setService({ dpopNonceRequired: false });
  });
});

describe("pushed authorization requests", () => {
  it("are taken, with a DPoP proof and without", async () => {
    for (const options of [{}, { DPoP: oauth.DPoP(client, await oauth.generateKeyPair("ES256")) }]) {
      const challenge = await oauth.calculatePKCECodeChallenge(oauth.generateRandomCodeVerifier());
      const parameters = {
        response_type: "code",
        redirect_uri: webApp.redirectUris[0],
        scope: "openid",
        code_challenge: challenge,
        code_challenge_method: "S256",
      };
      const response = await oauth.pushedAuthorizationRequest(server, client, authentication, parameters, {
        ...insecure,
        ...options,
      });
      const pushed = await oauth.processPushedAuthorizationResponse(server, client, response);
      expect(pushed.request_uri).toMatch(/^urn:ietf:params:oauth:request_uri:/);
    }
  });
});

describe("a token", () => {
  const introspect = async (token: string) => {
    const response = await oauth.introspectionRequest(server, client, authentication, token, insecure);
    return oauth.processIntrospectionResponse(server, client, response);
  };

  it("is introspected, revoked, and over", async () => {
    const { access_token: token } = await clientCredentials(authentication);
    expect(await introspect(token)).toMatchObject({ active: true, scope: "email" });
    const response = await oauth.revocationRequest(server, client, authentication, token, insecure);
    await oauth.processRevocationResponse(response);
    expect(await introspect(token)).toEqual({ active: false });
  });

  it("is introspected by a client that authenticates with a key", async () => {
    const { access_token: token } = await clientCredentials(authentication);
    const keys = await oauth.generateKeyPair("ES256", { extractable: true });
    const publicKey = await crypto.subtle.exportKey("jwk", keys.publicKey);
    const resource: oauth.Client = { client_id: "7040" };
    await provider.setClient({
      clientId: 7040,
      tokenAuthMethod: "PRIVATE_KEY_JWT",
      jwks: JSON.stringify({ keys: [{ ...publicKey, key_ops: undefined }] }),
    });
    const as = oauth.PrivateKeyJwt(keys.privateKey);
    const response = await oauth.introspectionRequest(server, resource, as, token, insecure);
    expect(await oauth.processIntrospectionResponse(server, resource, response)).toMatchObject({
      active: true,
      client_id: client.client_id,
    });
  });

  it("is rotated by a refresh, whose ID token is of the same person", async () => {
    const { json } = await tokensOf(provider, { nonce: "" });
    const spent = String(json.refresh_token);
    const refresh = () => oauth.refreshTokenGrantRequest(server, client, authentication, spent, insecure);
    const refreshed = await oauth.processRefreshTokenResponse(server, client, await refresh());
    expect(refreshed.refresh_token).not.toBe(spent);
    expect(oauth.getValidatedIdTokenClaims(refreshed)?.sub).toBe(provider.subject);
    const reused = oauth.processRefreshTokenResponse(server, client, await refresh());
    await expect(reused).rejects.toMatchObject({ error: "invalid_grant" });
  });

  it("opens the UserInfo endpoint, plain and signed", async () => {
    const token = await accessTokenOf(provider);
    const ask = () => oauth.userInfoRequest(server, client, token, insecure);
    const plain = await oauth.processUserInfoResponse(server, client, provider.subject, await ask());
    expect(plain.name).toBe(person.name);
    await provider.setClient({ userInfoSignAlg: "RS256" });
    const signing: oauth.Client = { ...client, userinfo_signed_response_alg: "RS256" };
    const response = await ask();
    const signed = await oauth.processUserInfoResponse(server, signing, provider.subject, response);
    await oauth.validateApplicationLevelSignature(server, response, insecure);
    expect(signed.name).toBe(person.name);
  });

  it("is exchanged (RFC 8693)", async () => {
    const gateway = { clientId: 7041, clientSecret: secretOf("gateway") };
    await provider.setClient({
      ...gateway,
      grantTypes: ["TOKEN_EXCHANGE"],
      extension: { tokenExchangePermitted: true },
    });
    const as: oauth.Client = { client_id: String(gateway.clientId) };
    const response = await oauth.genericTokenEndpointRequest(
      server,
      as,
      oauth.ClientSecretBasic(gateway.clientSecret),
      "urn:ietf:params:oauth:grant-type:token-exchange",
      {
        subject_token: await accessTokenOf(provider),
        subject_token_type: "urn:ietf:params:oauth:token-type:access_token",
        scope: "email",
      },
      insecure,
    );
    const exchanged = await oauth.processGenericTokenEndpointResponse(server, as, response);
    expect(exchanged).toMatchObject({
      token_type: "bearer",
      scope: "email",
      issued_token_type: "urn:ietf:params:oauth:token-type:access_token",
    });
  });
});

describe("registration", () => {
  it("gives a client that works, and that reads, changes and ends its registration", async () => {
    const metadata = {
      redirect_uris: ["https://rp.example/callback"],
      grant_types: ["client_credentials"],
      response_types: [],
    };
    const response = await oauth.dynamicClientRegistrationRequest(server, metadata, insecure);
    const registered = await oauth.processDynamicClientRegistrationResponse(response);
    const secret = oauth.ClientSecretBasic(String(registered.client_secret));
    expect((await clientCredentials(secret, {}, registered)).scope).toBe("email");
    const uri = String(registered.registration_client_uri);
    const headers = { authorization: `Bearer ${String(registered.registration_access_token)}` };
    const read = (await (await fetch(uri, { headers })).json()) as Record<string, unknown>;
    expect(read.client_id).toBe(registered.client_id);
    const changed = await fetch(uri, {
      method: "PUT",
      headers: { ...headers, "content-type": "application/json" },
      body: JSON.stringify({ ...metadata, client_id: registered.client_id, client_name: "Changed" }),
    });
    expect(await changed.json()).toMatchObject({ client_name: "Changed" });
    expect((await fetch(uri, { method: "DELETE", headers })).status).toBe(204);
    await expect(clientCredentials(secret, {}, registered)).rejects.toMatchObject({ status: 401 });
  });
});

it("keys of a client that registered their address are read from there", async () => {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { createServer } = await import("node:http");
  const keys = JSON.stringify({
    keys: [{ ...publicKey.export({ format: "jwk" }), alg: "ES256", use: "sig" }],
  });
  const published = createServer((_, response) => response.end(keys));
  await new Promise<void>((ready) => published.listen(0, "127.0.0.1", ready));
  const { port } = published.address() as { port: number };
  await provider.setClient({ tokenAuthMethod: "PRIVATE_KEY_JWT", jwksUri: `http://127.0.0.1:${port}/jwks` });
  const algorithm = { name: "ECDSA", namedCurve: "P-256" };
  const key = await crypto.subtle.importKey("jwk", privateKey.export({ format: "jwk" }), algorithm, false, [
    "sign",
  ]);
  expect((await clientCredentials(oauth.PrivateKeyJwt(key))).access_token).toEqual(expect.any(String));
  published.close();
});
