import * as oauth from "oauth4webapi";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser } from "../e2e/support/browser.ts";
import { applicationKey } from "./support/configured.ts";
import { openPerson, type Person } from "./support/person.ts";
import { openPlace, type Place, places } from "./support/place.ts";

const insecure = { [oauth.allowInsecureRequests]: true };

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

describe.each(places)("oauth4webapi, %s", (name) => {
  let place: Place;
  let person: Person;
  let server: oauth.AuthorizationServer;

  beforeAll(async () => {
    place = await openPlace(name);
    person = await openPerson(browser);
    const issuer = new URL(place.origin);
    const discovered = await oauth.discoveryRequest(issuer, insecure);
    server = await oauth.processDiscoveryResponse(issuer, discovered);
  });
  afterAll(async () => {
    await person?.close();
    await place?.close();
  });

  it("finds the same server in the metadata of RFC 8414", async () => {
    const issuer = new URL(place.origin);
    const discovered = await oauth.discoveryRequest(issuer, { ...insecure, algorithm: "oauth2" });
    const metadata = await oauth.processDiscoveryResponse(issuer, discovered);
    expect(metadata).toMatchObject({ issuer: place.origin, token_endpoint: server.token_endpoint });
  });

  /** An application whose secret, if it has one, goes into the body. */
  async function openApplication(confidential: boolean) {
    const { id, secret } = await place.createClient({
      clientName: "Harbour Watch",
      clientType: confidential ? "CONFIDENTIAL" : "PUBLIC",
      tokenAuthMethod: confidential ? "CLIENT_SECRET_POST" : "NONE",
      grantTypes: ["AUTHORIZATION_CODE", "REFRESH_TOKEN"],
      responseTypes: ["CODE"],
      redirectUris: [person.callback],
    });
    const client: oauth.Client = { client_id: id };
    return { client, authentication: confidential ? oauth.ClientSecretPost(secret) : oauth.None() };
  }

  /** A request for a code, and what belongs to it. */
  async function request(client: oauth.Client, changes: Record<string, string> = {}) {
    const [verifier, nonce, state] = [
      oauth.generateRandomCodeVerifier(),
      oauth.generateRandomNonce(),
      oauth.generateRandomState(),
    ];
    const parameters = new URLSearchParams({
      client_id: client.client_id,
      response_type: "code",
      redirect_uri: person.callback,
      scope: "openid email offline_access",
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
      prompt: "consent",
      nonce,
      state,
      ...changes,
    });
    const url = new URL(`${server.authorization_endpoint}?${parameters}`);
    return { parameters, url, verifier, nonce, state };
  }

  it.each([
    ["confidential", true],
    ["public", false],
  ])(
    "signs a person in to a %s client, and a code that is used again takes its tokens along",
    async (_, confidential) => {
      const { client, authentication } = await openApplication(confidential);
      const { url, verifier, nonce, state } = await request(client);
      const callback = new URL((await person.authorize(url)).url);
      const parameters = oauth.validateAuthResponse(server, client, callback, state);
      const exchange = (codeVerifier: string) =>
        oauth.authorizationCodeGrantRequest(
          server,
          client,
          authentication,
          parameters,
          person.callback,
          codeVerifier,
          insecure,
        );
      const response = await exchange(verifier);
      const expected = { expectedNonce: nonce, requireIdToken: true };
      const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, expected);
      await oauth.validateApplicationLevelSignature(server, response, insecure);
      const { sub = "" } = oauth.getValidatedIdTokenClaims(tokens) ?? {};
      const told = await oauth.userInfoRequest(server, client, tokens.access_token, insecure);
      expect(await oauth.processUserInfoResponse(server, client, sub, told)).toMatchObject({ sub });

      const again = await exchange(verifier);
      expect([again.status, await again.json()]).toMatchObject([400, { error: "invalid_grant" }]);
      const late = await oauth.userInfoRequest(server, client, tokens.access_token, insecure);
      expect(late.status).toBe(401);
    },
  );

  it("is refused with another verifier, and gets nothing for the code afterwards", async () => {
    const { client, authentication } = await openApplication(true);
    const { url, state } = await request(client);
    const callback = new URL((await person.authorize(url)).url);
    const parameters = oauth.validateAuthResponse(server, client, callback, state);
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      authentication,
      parameters,
      person.callback,
      oauth.generateRandomCodeVerifier(),
      insecure,
    );
    expect([response.status, await response.json()]).toMatchObject([400, { error: "invalid_grant" }]);
  });

  it("pushes a request with a proof, and only the same key gets the tokens", async () => {
    const { jwks, key } = await applicationKey("ES256");
    const { id } = await place.createClient({
      clientType: "CONFIDENTIAL",
      tokenAuthMethod: "PRIVATE_KEY_JWT",
      grantTypes: ["AUTHORIZATION_CODE", "REFRESH_TOKEN"],
      responseTypes: ["CODE"],
      redirectUris: [person.callback],
      jwks,
    });
    const client: oauth.Client = { client_id: id };
    const authentication = oauth.PrivateKeyJwt(key);
    const own = oauth.DPoP(client, await oauth.generateKeyPair("ES256", { extractable: true }));
    const other = oauth.DPoP(client, await oauth.generateKeyPair("ES256", { extractable: true }));
    const { parameters: asked, verifier, nonce, state } = await request(client);
    const pushed = await oauth.pushedAuthorizationRequest(server, client, authentication, asked, {
      ...insecure,
      DPoP: own,
    });
    const { request_uri } = await oauth.processPushedAuthorizationResponse(server, client, pushed);
    const short = new URLSearchParams({ client_id: id, request_uri });
    const arrived = await person.authorize(new URL(`${server.authorization_endpoint}?${short}`));
    const parameters = oauth.validateAuthResponse(server, client, new URL(arrived.url), state);
    const exchange = (DPoP: oauth.DPoPHandle) =>
      oauth.authorizationCodeGrantRequest(
        server,
        client,
        authentication,
        parameters,
        person.callback,
        verifier,
        { ...insecure, DPoP },
      );
    const stolen = await exchange(other);
    expect([stolen.status, await stolen.json()]).toMatchObject([400, {}]);
    const response = await exchange(own);
    const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, {
      expectedNonce: nonce,
      requireIdToken: true,
    });
    expect(tokens.token_type).toBe("dpop");
  });

  it("takes no response that another server could have made (RFC 9207)", async () => {
    const { client } = await openApplication(true);
    const { url, state } = await request(client);
    const callback = new URL((await person.authorize(url)).url);
    expect(callback.searchParams.get("iss")).toBe(place.origin);
    callback.searchParams.set("iss", "https://attacker.example");
    expect(() => oauth.validateAuthResponse(server, client, callback, state)).toThrow(/iss/);
  });
});
