import * as openid from "openid-client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startDocumentServer } from "../support/document-server.ts";
import { type Provider, startProvider, webApp } from "../support/provider.ts";
import { applicationKey } from "./support/configured.ts";

const [redirect_uri] = webApp.redirectUris;

/** A certified client library makes the request object; the application publishes it, and sends the browser with its address. */
describe("a request by reference (RFC 9101 5.2)", () => {
  let provider: Provider;
  let documents: Awaited<ReturnType<typeof startDocumentServer>>;
  let config: openid.Configuration;
  let key: Awaited<ReturnType<typeof applicationKey>>["key"];

  beforeAll(async () => {
    [provider, documents] = [await startProvider(), await startDocumentServer()];
    const application = await applicationKey("PS256");
    key = application.key;
    await provider.setClient({
      jwks: application.jwks,
      requestSignAlg: "PS256",
      requestUris: [`${documents.origin}/request.jwt`],
    });
    const { clientId, clientSecret } = webApp;
    const authentication = openid.ClientSecretBasic(clientSecret);
    config = await openid.discovery(new URL(provider.origin), String(clientId), {}, authentication, {
      execute: [openid.allowInsecureRequests],
    });
  });
  afterAll(async () => {
    await provider.close();
    await documents.close();
  });

  /** The request that the library makes, at an address; and what its response is held against. */
  async function published() {
    const pkceCodeVerifier = openid.randomPKCECodeVerifier();
    const checks = {
      pkceCodeVerifier,
      expectedNonce: openid.randomNonce(),
      expectedState: openid.randomState(),
      idTokenExpected: true,
    };
    const url = await openid.buildAuthorizationUrlWithJAR(
      config,
      {
        redirect_uri,
        scope: "openid profile",
        code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
        code_challenge_method: "S256",
        nonce: checks.expectedNonce,
        state: checks.expectedState,
      },
      key,
    );
    const request_uri = documents.publish("/request.jwt", url.searchParams.get("request") ?? "");
    url.searchParams.delete("request");
    url.searchParams.set("request_uri", request_uri);
    return { url, checks };
  }

  it("is announced in the metadata", () => {
    expect(config.serverMetadata()).toMatchObject({
      request_uri_parameter_supported: true,
      require_request_uri_registration: true,
    });
  });

  it("sends a person to sign in, and the response is the one of the request object", async () => {
    const { url, checks } = await published();
    expect([...url.searchParams.keys()].toSorted()).toEqual(["client_id", "request_uri"]);
    const { status, headers } = await provider.ask(url.pathname + url.search);
    expect([status, headers.get("location")]).toEqual([303, expect.stringContaining("/oauth/interaction/")]);

    const { authlete, subject, services } = provider;
    const begun = await authlete["auth/authorization"]({ parameters: url.search.slice(1) });
    if (begun.action !== "INTERACTION") throw new Error(begun.resultMessage);
    const authTime = Math.floor(services.clock() / 1000);
    const decided = await authlete["auth/authorization/issue"]({ ticket: begun.ticket, subject, authTime });
    if (decided.action !== "LOCATION") throw new Error(decided.resultMessage);
    const callback = new URL(decided.responseContent);
    const tokens = await openid.authorizationCodeGrant(config, callback, checks);
    expect(tokens.claims()).toMatchObject({ iss: provider.origin, sub: subject });
  });

  it("at an address that the application has not registered goes nowhere", async () => {
    const { url } = await published();
    url.searchParams.set("request_uri", `${documents.origin}/other.jwt`);
    const { status, headers, text } = await provider.ask(url.pathname + url.search);
    expect([status, headers.get("location")]).toEqual([400, null]);
    expect(text).toContain("invalid_request_uri");
    expect(documents.asked()).not.toContain("/other.jwt");
  });
});
