import * as openid from "openid-client";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { backchannelRequestsOf, decideBackchannelRequest } from "../../src/server/flow/backchannel/decide.ts";
import { type Provider, person, startProvider, webApp } from "../support/provider.ts";

let provider: Provider;
let config: openid.Configuration;
beforeAll(async () => {
  provider = await startProvider();
  // The library waits as long as the server says.
  await provider.setService({ deviceFlowPollingInterval: 1, backchannelPollingInterval: 1 });
});
beforeEach(async () => {
  await provider.setClient({ bcDeliveryMode: "POLL" });
  config = await discover();
});
afterAll(() => provider.close());

const discover = () =>
  openid.discovery(
    new URL(provider.origin),
    String(webApp.clientId),
    webApp.clientSecret,
    openid.ClientSecretBasic(webApp.clientSecret),
    { execute: [openid.allowInsecureRequests] },
  );

describe("the device flow", () => {
  it("is polled until the person has said yes", async () => {
    const begun = await openid.initiateDeviceAuthorization(config, { scope: "openid email" });
    expect(begun.verification_uri).toBe(`${provider.origin}/device`);
    const polling = openid.pollDeviceAuthorizationGrant(config, begun);
    setTimeout(() => {
      void provider.authlete["device/complete"]({
        userCode: begun.user_code,
        result: "AUTHORIZED",
        subject: provider.subject,
      });
    }, 1500);
    const tokens = await polling;
    expect(tokens.claims()?.sub).toBe(provider.subject);
    const userinfo = await openid.fetchUserInfo(config, tokens.access_token, provider.subject);
    expect(userinfo.email).toBe("demo@example.com");
  });

  it("ends when the person says no", async () => {
    const begun = await openid.initiateDeviceAuthorization(config, { scope: "openid" });
    await provider.authlete["device/complete"]({
      userCode: begun.user_code,
      result: "ACCESS_DENIED",
    } as never);
    await expect(openid.pollDeviceAuthorizationGrant(config, begun)).rejects.toMatchObject({
      error: "access_denied",
    });
  });
});

describe("CIBA", () => {
  const decide = async (allow: boolean) => {
    const [request] = await backchannelRequestsOf(provider.services, provider.subject);
    const signedIn = {
      subject: provider.subject,
      username: person.username,
      name: person.name,
      authenticatedAt: Date.now(),
      methods: ["pwd"] as const,
      sessionHash: "s",
      sessionEnd: 0,
    };
    await decideBackchannelRequest(provider.services, { id: request?.id ?? "", signedIn, allow });
  };

  it("is polled until the person has decided", async () => {
    const parameters = { scope: "openid profile", login_hint: person.username, binding_message: "W4SCT" };
    const begun = await openid.initiateBackchannelAuthentication(config, parameters);
    const polling = openid.pollBackchannelAuthenticationGrant(config, begun);
    setTimeout(() => void decide(true), 1500);
    const tokens = await polling;
    expect(tokens.claims()?.sub).toBe(provider.subject);
    const denied = await openid.initiateBackchannelAuthentication(config, parameters);
    await decide(false);
    await expect(openid.pollBackchannelAuthenticationGrant(config, denied)).rejects.toMatchObject({
      error: "access_denied",
    });
  });
});

describe("a confidential client", () => {
  it("client credentials with DPoP: it fetches the nonce by itself", async () => {
    await provider.setService({ dpopNonceRequired: true });
    const DPoP = openid.getDPoPHandle(config, await openid.randomDPoPKeyPair("ES256"));
    const tokens = await openid.clientCredentialsGrant(config, { scope: "email" }, { DPoP });
    expect(tokens.token_type).toBe("dpop");
    await provider.setService({ dpopNonceRequired: false });
  });
});
