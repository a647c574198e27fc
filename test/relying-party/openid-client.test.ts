import * as openid from "openid-client";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Client } from "../../src/server/authlete/client.ts";
import { openBrowser } from "../e2e/support/browser.ts";
import { person as account } from "../e2e/support/ticketgate.ts";
import { applicationKey, configured } from "./support/configured.ts";
import { openPerson, type Person } from "./support/person.ts";
import { openPlace, type Place, places } from "./support/place.ts";

const webApplication: Client = {
  grantTypes: ["AUTHORIZATION_CODE", "REFRESH_TOKEN", "TOKEN_EXCHANGE"],
  responseTypes: ["CODE"],
};

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

describe.each(places)("openid-client, %s", (name) => {
  let place: Place;
  let person: Person;

  beforeAll(async () => {
    place = await openPlace(name);
    person = await openPerson(browser);
  });
  afterAll(async () => {
    await person?.close();
    await place?.close();
  });

  const application = (client: Client, own?: Parameters<typeof configured>[2]) =>
    configured(place, { ...webApplication, redirectUris: [person.callback], ...client }, own);

  /** What an application makes up for one authorization request. */
  async function asked(changes: Record<string, string> = {}) {
    const verifier = openid.randomPKCECodeVerifier();
    const nonce = openid.randomNonce();
    const state = openid.randomState();
    const parameters = {
      redirect_uri: person.callback,
      scope: "openid profile email offline_access",
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
      nonce,
      state,
      prompt: "consent",
      ...changes,
    };
    return {
      parameters,
      checks: {
        pkceCodeVerifier: verifier,
        expectedNonce: nonce,
        expectedState: state,
        idTokenExpected: true,
      },
    };
  }

  it("signs in by code and PKCE, reads claims, renews with rotation, introspects and revokes", async () => {
    const config = await application({});
    const { parameters, checks } = await asked();
    const response = await person.authorize(openid.buildAuthorizationUrl(config, parameters));
    const tokens = await openid.authorizationCodeGrant(config, new URL(response.url), checks);
    const { sub } = tokens.claims() ?? { sub: "" };
    const claims = await openid.fetchUserInfo(config, tokens.access_token, sub);
    expect(claims).toMatchObject({ sub, name: account.name });

    const renewed = await openid.refreshTokenGrant(config, tokens.refresh_token ?? "");
    expect(renewed.refresh_token).not.toBe(tokens.refresh_token);
    expect(renewed.claims()).toMatchObject({ sub, auth_time: tokens.claims()?.auth_time });
    expect(await openid.tokenIntrospection(config, renewed.access_token)).toMatchObject({
      active: true,
      sub,
    });
    await openid.tokenRevocation(config, renewed.access_token);
    expect(await openid.tokenIntrospection(config, renewed.access_token)).toEqual({ active: false });
  });

  it("loses the whole family when a refresh token is used twice", async () => {
    const config = await application({});
    const { parameters, checks } = await asked();
    const response = await person.authorize(openid.buildAuthorizationUrl(config, parameters));
    const tokens = await openid.authorizationCodeGrant(config, new URL(response.url), checks);
    const renewed = await openid.refreshTokenGrant(config, tokens.refresh_token ?? "");

    const again = openid.refreshTokenGrant(config, tokens.refresh_token ?? "");

    await expect(again).rejects.toMatchObject({ error: "invalid_grant" });
    await expect(openid.refreshTokenGrant(config, renewed.refresh_token ?? "")).rejects.toMatchObject({
      error: "invalid_grant",
    });
    expect(await openid.tokenIntrospection(config, renewed.access_token)).toEqual({ active: false });
  });

  it("pushes its request, proves its key, and authenticates with an assertion", async () => {
    const { jwks, key } = await applicationKey("ES256");
    const client = {
      tokenAuthMethod: "PRIVATE_KEY_JWT",
      tokenAuthSignAlg: "ES256",
      jwks,
      parRequired: true,
    } as const;
    const config = await application(client, { authentication: openid.PrivateKeyJwt(key) });
    const DPoP = openid.getDPoPHandle(config, await openid.randomDPoPKeyPair("ES256"));
    const { parameters, checks } = await asked();
    const url = await openid.buildAuthorizationUrlWithPAR(config, parameters, { DPoP });
    expect([...url.searchParams.keys()].sort()).toEqual(["client_id", "request_uri"]);
    const response = await person.authorize(url);
    const tokens = await openid.authorizationCodeGrant(config, new URL(response.url), checks, undefined, {
      DPoP,
    });
    expect(tokens.token_type).toBe("dpop");

    const { sub = "" } = tokens.claims() ?? {};
    expect(await openid.fetchUserInfo(config, tokens.access_token, sub, { DPoP })).toMatchObject({ sub });
    await expect(openid.fetchUserInfo(config, tokens.access_token, sub)).rejects.toThrow();
    const renewed = await openid.refreshTokenGrant(config, tokens.refresh_token ?? "", undefined, { DPoP });
    expect(renewed.token_type).toBe("dpop");
  });

  it("signs its request and gets a signed response", async () => {
    const { jwks, key } = await applicationKey("ES256");
    const client = { requestSignAlg: "ES256", authorizationSignAlg: "ES256", jwks } as const;
    const config = await application(client, { metadata: { authorization_signed_response_alg: "ES256" } });
    openid.useJwtResponseMode(config);
    const { parameters, checks } = await asked();
    const url = await openid.buildAuthorizationUrlWithJAR(config, parameters, key);
    expect(url.searchParams.has("request")).toBe(true);
    const response = await person.authorize(url);
    expect([...new URL(response.url).searchParams.keys()]).toEqual(["response"]);
    const tokens = await openid.authorizationCodeGrant(config, new URL(response.url), checks);
    expect(tokens.claims()).toMatchObject({ iss: place.origin });
  });

  it("gets its response in a form", async () => {
    const config = await application({});
    const { parameters, checks } = await asked({ response_mode: "form_post" });
    const response = await person.authorize(openid.buildAuthorizationUrl(config, parameters));
    expect(response.method).toBe("POST");
    const tokens = await openid.authorizationCodeGrant(config, response, checks);
    expect(tokens.claims()?.sub).toMatch(/^usr_/);
  });

  it("exchanges a person's token for a narrower one of the same person, and for no wider one", async () => {
    const config = await application({ extension: { tokenExchangePermitted: true } });
    const { parameters, checks } = await asked({ scope: "openid profile" });
    const response = await person.authorize(openid.buildAuthorizationUrl(config, parameters));
    const tokens = await openid.authorizationCodeGrant(config, new URL(response.url), checks);
    const exchange = (scope: string) =>
      openid.genericGrantRequest(config, "urn:ietf:params:oauth:grant-type:token-exchange", {
        subject_token: tokens.access_token,
        subject_token_type: "urn:ietf:params:oauth:token-type:access_token",
        scope,
      });
    const { access_token } = await exchange("profile");
    expect(await openid.tokenIntrospection(config, access_token)).toMatchObject({
      active: true,
      sub: tokens.claims()?.sub,
      scope: "profile",
    });
    await expect(exchange("profile email")).rejects.toMatchObject({ error: "invalid_scope" });
  });

  it("ends the session at the server, gets the person back, and is told that nobody is there", async () => {
    const leaving = await openPerson(browser);
    const home = new URL("/signed-out", leaving.callback).href;
    const customMetadata = JSON.stringify({ post_logout_redirect_uris: [home] });
    const config = await application({ redirectUris: [leaving.callback], customMetadata });
    const request = { redirect_uri: leaving.callback, scope: "openid" };
    const { parameters, checks } = await asked(request);
    const response = await leaving.authorize(openid.buildAuthorizationUrl(config, parameters));
    const tokens = await openid.authorizationCodeGrant(config, new URL(response.url), checks);

    await leaving.page.goto(
      openid.buildEndSessionUrl(config, {
        id_token_hint: tokens.id_token ?? "",
        post_logout_redirect_uri: home,
        state: "logout-1",
      }).href,
    );

    expect(leaving.page.url()).toBe(`${home}?state=logout-1`);
    const silent = await asked({ ...request, prompt: "none" });
    const refused = await leaving.authorize(openid.buildAuthorizationUrl(config, silent.parameters));
    await leaving.close();
    const exchanged = openid.authorizationCodeGrant(config, new URL(refused.url), silent.checks);
    await expect(exchanged).rejects.toMatchObject({ error: "login_required" });
  });

  it("is told no without a person, when one is wanted and when none is there", async () => {
    const stranger = await openPerson(browser);
    const config = await application({ redirectUris: [stranger.callback] });
    const { parameters, checks } = await asked({ prompt: "none", redirect_uri: stranger.callback });
    const response = await stranger.authorize(openid.buildAuthorizationUrl(config, parameters));
    await stranger.close();
    const exchanged = openid.authorizationCodeGrant(config, new URL(response.url), checks);
    await expect(exchanged).rejects.toMatchObject({ error: "login_required" });
  });
});
