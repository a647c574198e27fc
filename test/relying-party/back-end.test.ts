import * as openid from "openid-client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { applicationKey, configured } from "./support/configured.ts";
import { openPlace, type Place, places } from "./support/place.ts";

/** How openid-client tells of a 401, which always comes with a challenge (RFC 9110 15.5.2). */
const unauthorized = { code: "OAUTH_WWW_AUTHENTICATE_CHALLENGE", status: 401 };

describe.each(places)("openid-client without a person, %s", (name) => {
  let place: Place;
  beforeAll(async () => {
    place = await openPlace(name);
  });
  afterAll(() => place?.close());

  it("gets a token of its own, has it introspected, and revokes it", async () => {
    const config = await configured(place, { grantTypes: ["CLIENT_CREDENTIALS"] });
    const { access_token, expires_in } = await openid.clientCredentialsGrant(config, { scope: "profile" });
    expect(expires_in).toBeGreaterThan(0);
    const { client_id } = config.clientMetadata();
    expect(await openid.tokenIntrospection(config, access_token)).toMatchObject({
      active: true,
      client_id,
      scope: "profile",
    });
    await openid.tokenRevocation(config, access_token);
    expect(await openid.tokenIntrospection(config, access_token)).toEqual({ active: false });
  });

  it.each(["PS256", "ES256", "EdDSA"])("authenticates with an assertion signed with %s", async (alg) => {
    const { jwks, key } = await applicationKey(alg);
    const config = await configured(
      place,
      { grantTypes: ["CLIENT_CREDENTIALS"], tokenAuthMethod: "PRIVATE_KEY_JWT", jwks },
      { authentication: openid.PrivateKeyJwt(key) },
    );
    expect(await openid.clientCredentialsGrant(config, {})).toMatchObject({ token_type: "bearer" });
    const stranger = await applicationKey(alg);
    const { client_id } = config.clientMetadata();
    const forged = new openid.Configuration(
      config.serverMetadata(),
      client_id,
      {},
      openid.PrivateKeyJwt(stranger.key),
    );
    openid.allowInsecureRequests(forged);
    await expect(openid.clientCredentialsGrant(forged, {})).rejects.toMatchObject(unauthorized);
  });

  it("binds its token to a key, and nobody without the key can use it", async () => {
    const config = await configured(place, { grantTypes: ["CLIENT_CREDENTIALS"] });
    const DPoP = openid.getDPoPHandle(config, await openid.randomDPoPKeyPair("ES256"));
    const tokens = await openid.clientCredentialsGrant(config, {}, { DPoP });
    expect(tokens.token_type).toBe("dpop");
    expect(await openid.tokenIntrospection(config, tokens.access_token)).toMatchObject({
      active: true,
      cnf: { jkt: await DPoP.calculateThumbprint() },
    });
  });

  it("registers itself, reads and changes its registration, and ends it", async () => {
    const metadata = {
      client_name: "Harbour",
      grant_types: ["client_credentials"],
      response_types: [],
      // What openid-client does where it is not told otherwise.
      token_endpoint_auth_method: "client_secret_post",
    };
    const insecure = { execute: [openid.allowInsecureRequests] };
    const refused = openid.dynamicClientRegistration(new URL(place.origin), metadata, undefined, insecure);
    await expect(refused).rejects.toThrow();
    const config = await openid.dynamicClientRegistration(new URL(place.origin), metadata, undefined, {
      ...insecure,
      initialAccessToken: place.registrationToken,
    });
    const registered = config.clientMetadata();
    const { registration_client_uri: uri, registration_access_token: token } = registered as Record<
      string,
      string
    >;
    expect(await openid.clientCredentialsGrant(config, {})).toMatchObject({ token_type: "bearer" });

    const manage = (method: string, body?: object, bearer = token) =>
      fetch(uri as string, {
        method,
        headers: { authorization: `Bearer ${bearer}`, "content-type": "application/json" },
        ...(body && { body: JSON.stringify(body) }),
      });
    expect((await manage("GET", undefined, "wrong")).status).toBe(401);
    expect(await (await manage("GET")).json()).toMatchObject({ client_name: "Harbour" });
    const { client_id } = registered;
    const changed = await manage("PUT", { ...metadata, client_id, client_name: "Pier" });
    expect(await changed.json()).toMatchObject({ client_id, client_name: "Pier" });
    expect((await manage("DELETE")).status).toBe(204);
    expect((await manage("GET")).status).toBe(401);
    await expect(openid.clientCredentialsGrant(config, {})).rejects.toMatchObject(unauthorized);
  });
});
