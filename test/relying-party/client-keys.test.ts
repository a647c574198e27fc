import { generateKeyPairSync } from "node:crypto";
import * as oauth from "oauth4webapi";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  accessTokenOf,
  type Provider,
  person,
  startProvider,
  tokensOf,
  webApp,
} from "../support/provider.ts";

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

describe("a token", () => {
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
