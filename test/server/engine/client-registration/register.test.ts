import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hashOf } from "../../../../src/server/secret/hash.ts";
import { basic, form, type TestEngine } from "../../../support/engine.ts";
import { jwkSet, makeKeys } from "../../../support/jwt.ts";
import {
  clientCount,
  expectRefused,
  good,
  metadataError,
  openRegistrationEngine,
  register,
  registered,
} from "./registration.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await openRegistrationEngine();
});
afterEach(() => test.close());

describe("a client that registers itself", () => {
  it("gets an identifier, a secret, a token, and the defaults", async () => {
    const answer = await register(test);
    expect(answer).toMatchObject({ action: "CREATED", resultCode: "A202001" });
    const { information, clientId, client, token } = await registered(test);
    expect(information).toEqual({
      client_id: expect.stringMatching(/^[1-9]\d{13}$/),
      client_id_issued_at: test.clock() / 1000,
      client_secret: expect.stringMatching(/^[\w-]{86}$/),
      client_secret_expires_at: 0,
      registration_access_token: expect.stringMatching(/^[\w-]{43}$/),
      registration_client_uri: `https://as.example/register/${clientId}`,
      redirect_uris: ["https://shop.example/callback"],
      grant_types: ["authorization_code"],
      response_types: ["code"],
      application_type: "web",
      token_endpoint_auth_method: "client_secret_basic",
      subject_type: "public",
      id_token_signed_response_alg: "RS256",
    });
    expect(client).toMatchObject({
      clientId: Number(clientId),
      clientType: "CONFIDENTIAL",
      dynamicallyRegistered: true,
      clientSource: "DYNAMIC_REGISTRATION",
      registrationAccessTokenHash: hashOf(token),
      derivedSectorIdentifier: "shop.example",
    });
    expect(await test.engine["client/get"]({ clientId })).toEqual(client);
  });

  it("can use what it got", async () => {
    const grants = { grant_types: ["client_credentials"] };
    const { information } = await registered(test, grants);
    expect(information.response_types).toEqual([]);
    const answer = await test.engine["auth/token"]({
      parameters: form({ grant_type: "client_credentials", scope: "email" }),
      ...basic({ id: String(information.client_id), secret: String(information.client_secret) }),
    });
    expect(answer).toMatchObject({ action: "OK" });
  });

  it("is public when it authenticates with nothing, and is told no secret", async () => {
    const { information, client } = await registered(test, { ...good, token_endpoint_auth_method: "none" });
    expect(client.clientType).toBe("PUBLIC");
    expect(information).not.toHaveProperty("client_secret");
    const { jwk } = await makeKeys();
    const withKeys = { ...good, token_endpoint_auth_method: "private_key_jwt", jwks: { keys: [jwk] } };
    expect((await registered(test, withKeys)).information).not.toHaveProperty("client_secret");
    const symmetric = { ...withKeys, userinfo_signed_response_alg: "HS256" };
    expect((await registered(test, symmetric)).information).toHaveProperty("client_secret");
  });

  it("chooses neither its identifier nor its secret nor its token", async () => {
    const chosen = {
      client_id: "2000",
      client_secret: "chosen",
      registration_access_token: "chosen",
      client_id_issued_at: 1,
      registration_client_uri: "https://evil.example/",
    };
    const { information } = await registered(test, { ...good, ...chosen });
    for (const [name, value] of Object.entries(chosen)) expect(information[name], name).not.toBe(value);
  });

  it("has nothing that the owner of the service would have to give", async () => {
    const wanted = {
      ...good,
      locked: true,
      developer: "owner",
      attributes: [{ key: "token_issue.properties", value: "*" }],
      extension: { tokenExchangePermitted: true },
      clientIdAlias: "shop",
      client_id_alias: "shop",
      derivedSectorIdentifier: "victim.example",
    };
    const { client, information } = await registered(test, wanted);
    for (const member of ["locked", "developer", "attributes", "extension", "clientIdAlias"]) {
      expect(client).not.toHaveProperty(member);
      expect(information).not.toHaveProperty(member);
    }
    expect(client.derivedSectorIdentifier).toBe("shop.example");
  });

  it("leaves aside what is null or unknown", async () => {
    const { client } = await registered(test, { ...good, client_name: null, novelty: { deep: [1] } });
    expect(client).not.toHaveProperty("clientName");
    expect(JSON.stringify(client)).not.toContain("novelty");
  });

  it("has an address for its registration only where the service has one", async () => {
    await test.setService({ registrationManagementEndpoint: "https://as.example/manage/" });
    const { information, clientId } = await registered(test);
    expect(information.registration_client_uri).toBe(`https://as.example/manage/${clientId}`);
    await test.setService({ registrationManagementEndpoint: undefined, registrationEndpoint: undefined });
    expect((await registered(test)).information).not.toHaveProperty("registration_client_uri");
  });

  it("is another client every time", async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => registered(test)));
    expect(new Set(all.map(({ clientId }) => clientId)).size).toBe(20);
    expect(new Set(all.map(({ token }) => token)).size).toBe(20);
  });
});

describe("one registration for each piece of software", () => {
  const software = { ...good, software_id: "shop-app", software_version: "1" };

  it("is demanded where the service says so, however many come at once", async () => {
    await test.setService({ dcrDuplicateSoftwareIdBlocked: true });
    const before = await clientCount(test);
    const answers = await Promise.all(Array.from({ length: 64 }, () => register(test, software)));
    expect(answers.filter(({ action }) => action === "CREATED")).toHaveLength(1);
    expect(await clientCount(test)).toBe(before + 1);
    await expectRefused(test, () => register(test, software), metadataError("A900310"));
    await registered(test, { ...software, software_id: "other" });
    await registered(test);
    await registered(test);
  });

  it("is not demanded otherwise", async () => {
    await registered(test, software);
    expect((await registered(test, software)).information).toMatchObject({
      software_id: "shop-app",
      software_version: "1",
    });
  });
});

describe("scopes of a registration", () => {
  it("are the only ones the client may ask for, where the service wants that", async () => {
    await test.setService({ dcrScopeUsedAsRequestable: true });
    const { information, client } = await registered(test, { ...good, scope: "openid email" });
    expect(information.scope).toBe("openid email");
    expect(client.extension).toEqual({
      requestableScopes: ["openid", "email"],
      requestableScopesEnabled: true,
    });
    await expectRefused(
      test,
      () => register(test, { ...good, scope: "openid nothing" }),
      metadataError("A900312"),
    );
    expect((await registered(test, { ...good, scope: "" })).client.extension?.requestableScopes).toEqual([]);
  });

  it("say nothing otherwise", async () => {
    const { client, information } = await registered(test, { ...good, scope: "openid nothing" });
    expect(client).not.toHaveProperty("extension");
    expect(information).not.toHaveProperty("scope");
  });
});

describe("custom metadata", () => {
  it("are those that the service names, and never stand for anything else", async () => {
    await test.setService({ supportedCustomClientMetadata: ["tier", "client_id", "__proto__"] });
    const json = `{"redirect_uris":["https://shop.example/"],"tier":{"a":[1,"x"]},"other":1,"client_id":"2000","__proto__":7}`;
    const answer = await register(test, json);
    if (answer.action !== "CREATED") return expect.fail(answer.action);
    const information = JSON.parse(answer.responseContent);
    expect(information.tier).toEqual({ a: [1, "x"] });
    expect(information).not.toHaveProperty("other");
    expect(information.client_id).toBe(String(answer.client?.clientId));
    expect(JSON.parse(answer.client?.customMetadata ?? "")).toMatchObject({ tier: { a: [1, "x"] } });
  });
});

describe("a registration is refused", () => {
  it("by a service that does not want any, whatever it is", async () => {
    await test.setService({ dynamicRegistrationSupported: false });
    const refused = { code: "A206201", error: "server_error", action: "INTERNAL_SERVER_ERROR" };
    await expectRefused(test, () => register(test), refused);
    await expectRefused(test, () => register(test, ""), refused);
  });

  it.each([undefined, null, "", 7, {}])("without metadata: %j", async (json) => {
    const call = () => test.engine["client/registration"]({ json: json as string });
    await expectRefused(test, call, metadataError("A203302"));
  });

  it.each(["x", "[]", "null", "7", '"text"', "{}{}", " "])(
    "with metadata that are no object: %j",
    async (json) => {
      await expectRefused(test, () => register(test, json), metadataError("A203303"));
    },
  );

  it.each([
    [{ redirect_uris: "https://shop.example/" }, "A204306"],
    [{ contacts: [1] }, "A204306"],
    [{ grant_types: "authorization_code" }, "A204306"],
    [{ response_types: [null] }, "A204306"],
    [{ client_name: 7 }, "A204308"],
    [{ "client_name#ja": {} }, "A204308"],
    [{ software_id: ["a"] }, "A204308"],
    [{ scope: ["openid"] }, "A204308"],
    [{ jwks_uri: 7 }, "A204308"],
    [{ default_max_age: "60" }, "A204309"],
    [{ default_max_age: 1.5 }, "A204309"],
    [{ default_max_age: -1 }, "A204309"],
    [{ require_auth_time: "true" }, "A204310"],
    [{ dpop_bound_access_tokens: 1 }, "A204310"],
    [{ jwks: "{}" }, "A204311"],
    [{ jwks: {} }, "A204311"],
    [{ jwks: { keys: [] } }, "A204311"],
    [{ jwks: { keys: [{ kty: "oct", k: "c2VjcmV0" }] } }, "A204311"],
    [{ jwks_uri: "file:///etc/passwd" }, "A204307"],
    [{ logo_uri: "javascript:alert(1)" }, "A204307"],
    [{ "policy_uri#de": "data:text/html,x" }, "A204307"],
    [{ initiate_login_uri: "x" }, "A204307"],
    [{ sector_identifier_uri: "http://shop.example/" }, "A204313"],
    [{ backchannel_token_delivery_mode: "ping" }, "A204313"],
    [{ token_endpoint_auth_method: "magic" }, "A900306"],
    [{ token_endpoint_auth_method: "CLIENT_SECRET_BASIC" }, "A900306"],
    [{ application_type: "WEB" }, "A900306"],
    [{ subject_type: "secret" }, "A900306"],
    [{ grant_types: ["magic"] }, "A900306"],
    [{ response_types: ["magic"] }, "A900306"],
    [{ id_token_signed_response_alg: "NONE" }, "A900306"],
    [{ id_token_signed_response_alg: "RS1" }, "A900306"],
    [{ id_token_signed_response_alg: 7 }, "A900306"],
    [{ id_token_encrypted_response_alg: "RSA1_5" }, "A900306"],
    [{ id_token_encrypted_response_enc: "A256GCM" }, "A900306"],
    [{ request_object_encryption_alg: "constructor" }, "A900306"],
  ])("for a member of the wrong kind: %j, %s", async (change, code) => {
    await expectRefused(test, () => register(test, { ...good, ...change }), metadataError(code));
  });

  it("for a key set beside the address of one, or with a private key", async () => {
    const keys = await makeKeys();
    const jwks = JSON.parse(jwkSet(keys.jwk));
    const both = { ...good, jwks, jwks_uri: "https://shop.example/jwks" };
    await expectRefused(test, () => register(test, both), metadataError("A204301"));
    const leaking = { ...good, jwks: JSON.parse(jwkSet(keys.privateJwk)) };
    await expectRefused(test, () => register(test, leaking), metadataError("A204311"));
    expect((await registered(test, { ...good, jwks })).information.jwks).toEqual(jwks);
  });

  it.each([
    [{ grant_types: ["authorization_code"], response_types: ["token"] }, "A204302"],
    [{ grant_types: ["authorization_code"], response_types: [] }, "A204302"],
    [{ grant_types: ["authorization_code", "implicit"], response_types: ["code"] }, "A204303"],
    [{ grant_types: ["client_credentials"], response_types: ["code"] }, "A204304"],
    [{ grant_types: ["authorization_code"], response_types: ["code", "code id_token"] }, "A204305"],
  ])("for grant and response types that do not fit: %j, %s", async (change, code) => {
    await expectRefused(test, () => register(test, { ...good, ...change }), metadataError(code));
  });

  it.each([
    { grant_types: ["authorization_code", "implicit"], response_types: ["code id_token token"] },
    { grant_types: ["implicit"], response_types: ["id_token"] },
    { grant_types: ["authorization_code", "refresh_token"], response_types: ["code", "none"] },
    { grant_types: ["urn:ietf:params:oauth:grant-type:device_code"] },
    { grant_types: [] },
  ])("and not for those that do: %j", async (change) => {
    expect((await registered(test, { ...good, ...change })).information).toMatchObject(change);
  });

  it.each([
    {},
    { redirect_uris: [] },
    { redirect_uris: ["javascript:alert(1)"] },
    { redirect_uris: ["https://shop.example/#x"] },
    { redirect_uris: ["/callback"] },
    { redirect_uris: [""] },
    { application_type: "native", redirect_uris: ["http://shop.example/"] },
    { grant_types: ["implicit"], response_types: ["token"], redirect_uris: ["http://shop.example/"] },
    { grant_types: ["implicit"], response_types: ["token"], redirect_uris: ["https://localhost/"] },
  ])("for redirection URIs that it may not have: %j", async (metadata) => {
    await expectRefused(test, () => register(test, metadata), {
      code: "A900305",
      error: "invalid_redirect_uri",
    });
  });

  it.each([
    { application_type: "native", redirect_uris: ["http://127.0.0.1/", "com.example:/cb"] },
    { grant_types: ["implicit"], response_types: ["token"], redirect_uris: ["https://shop.example/"] },
    { grant_types: ["client_credentials"] },
  ])("and not for those that it may: %j", async (metadata) => {
    expect((await registered(test, metadata)).information).toMatchObject(metadata);
  });

  it.each([
    { token_endpoint_auth_method: "private_key_jwt" },
    { token_endpoint_auth_method: "self_signed_tls_client_auth" },
    { token_endpoint_auth_method: "tls_client_auth" },
    {
      token_endpoint_auth_method: "tls_client_auth",
      tls_client_auth_subject_dn: "CN=a",
      tls_client_auth_san_dns: "a.example",
    },
  ])("when it could never authenticate: %j", async (change) => {
    await expectRefused(test, () => register(test, { ...good, ...change }), metadataError("A900307"));
  });

  it("and not when it could", async () => {
    const jwks_uri = "https://shop.example/jwks";
    await registered(test, { ...good, token_endpoint_auth_method: "private_key_jwt", jwks_uri });
    const method = "tls_client_auth";
    await registered(test, {
      ...good,
      token_endpoint_auth_method: method,
      tls_client_auth_san_dns: "a.example",
    });
  });

  it("for pairwise subjects of a sector that is not its own, or that nobody can tell", async () => {
    const pairwise = { ...good, subject_type: "pairwise" };
    const hosts = ["https://a.example/", "https://b.example/"];
    await expectRefused(
      test,
      () => register(test, { ...pairwise, redirect_uris: hosts }),
      metadataError("A204312"),
    );
    await registered(test, pairwise);
    await registered(test, { ...good, redirect_uris: hosts });
  });

  it("for a sector whose document cannot be read, or does not list all of its redirection URIs", async () => {
    const sector = "https://sector.example/uris.json";
    const uris = ["https://a.example/", "https://b.example/"];
    const member = { ...good, subject_type: "pairwise", redirect_uris: uris, sector_identifier_uri: sector };
    const documents = [undefined, "[]", JSON.stringify([uris[0]]), JSON.stringify([...uris, 1].slice(1))];
    for (const document of documents) {
      test.published.set(sector, document);
      await expectRefused(test, () => register(test, member), metadataError("A900309"));
    }
    test.published.set(sector, JSON.stringify(["https://other.example/", ...uris]));
    const none = { grant_types: [], sector_identifier_uri: sector };
    await expectRefused(test, () => register(test, none), metadataError("A900309"));
    expect((await registered(test, member)).client.derivedSectorIdentifier).toBe("sector.example");
    expect(test.published.asked.every(({ fresh }) => fresh)).toBe(true);
  });
});
