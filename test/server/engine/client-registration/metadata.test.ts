import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { TestEngine } from "../../../support/engine.ts";
import { makeKeys } from "../../../support/jwt.ts";
import {
  clientCount,
  good,
  type Metadata,
  openRegistrationEngine,
  register,
  registered,
} from "./registration.ts";

let test: TestEngine;
beforeAll(async () => {
  test = await openRegistrationEngine({ supportedCustomClientMetadata: ["tier", "limits"] });
});
afterAll(() => test.close());

/** Each metadata with a value, the member of a client that holds it, and its value there. */
const rows: [name: string, value: unknown, member: string, held: unknown][] = [
  ["redirect_uris", ["https://shop.example/a"], "redirectUris", ["https://shop.example/a"]],
  ["contacts", ["a@shop.example"], "contacts", ["a@shop.example"]],
  ["application_type", "native", "applicationType", "NATIVE"],
  ["jwks_uri", "https://shop.example/jwks", "jwksUri", "https://shop.example/jwks"],
  ["software_id", "app", "softwareId", "app"],
  ["software_version", "2", "softwareVersion", "2"],
  ["sector_identifier_uri", "https://shop.example/s", "sectorIdentifierUri", "https://shop.example/s"],
  ["subject_type", "pairwise", "subjectType", "PAIRWISE"],
  ["id_token_signed_response_alg", "ES256", "idTokenSignAlg", "ES256"],
  ["id_token_signed_response_alg", "EdDSA", "idTokenSignAlg", "EdDSA"],
  ["id_token_encrypted_response_alg", "RSA-OAEP-256", "idTokenEncryptionAlg", "RSA_OAEP_256"],
  ["userinfo_signed_response_alg", "none", "userInfoSignAlg", "NONE"],
  ["userinfo_encrypted_response_alg", "ECDH-ES+A128KW", "userInfoEncryptionAlg", "ECDH_ES_A128KW"],
  ["request_object_signing_alg", "PS256", "requestSignAlg", "PS256"],
  ["request_object_encryption_alg", "dir", "requestEncryptionAlg", "DIR"],
  ["authorization_signed_response_alg", "ES384", "authorizationSignAlg", "ES384"],
  ["authorization_encrypted_response_alg", "A256KW", "authorizationEncryptionAlg", "A256KW"],
  ["token_endpoint_auth_method", "client_secret_post", "tokenAuthMethod", "CLIENT_SECRET_POST"],
  ["token_endpoint_auth_signing_alg", "HS256", "tokenAuthSignAlg", "HS256"],
  ["tls_client_auth_subject_dn", "CN=a", "tlsClientAuthSubjectDn", "CN=a"],
  ["tls_client_auth_san_dns", "a.example", "tlsClientAuthSanDns", "a.example"],
  ["tls_client_auth_san_uri", "urn:a", "tlsClientAuthSanUri", "urn:a"],
  ["tls_client_auth_san_ip", "10.0.0.1", "tlsClientAuthSanIp", "10.0.0.1"],
  ["tls_client_auth_san_email", "a@b.example", "tlsClientAuthSanEmail", "a@b.example"],
  ["tls_client_certificate_bound_access_tokens", true, "tlsClientCertificateBoundAccessTokens", true],
  ["dpop_bound_access_tokens", true, "dpopRequired", true],
  ["dpop_bound_access_tokens", false, "dpopRequired", false],
  ["default_max_age", 0, "defaultMaxAge", 0],
  ["default_max_age", 3600, "defaultMaxAge", 3600],
  ["require_auth_time", true, "authTimeRequired", true],
  ["default_acr_values", ["1", "2"], "defaultAcrs", ["1", "2"]],
  ["initiate_login_uri", "https://shop.example/login", "loginUri", "https://shop.example/login"],
  ["request_uris", ["https://shop.example/r"], "requestUris", ["https://shop.example/r"]],
  ["require_pushed_authorization_requests", true, "parRequired", true],
  ["require_signed_request_object", true, "requestObjectRequired", true],
  ["authorization_details_types", ["pay"], "authorizationDetailsTypes", ["pay"]],
  ["backchannel_token_delivery_mode", "poll", "bcDeliveryMode", "POLL"],
  [
    "backchannel_client_notification_endpoint",
    "https://shop.example/n",
    "bcNotificationEndpoint",
    "https://shop.example/n",
  ],
  ["backchannel_authentication_request_signing_alg", "ES256", "bcRequestSignAlg", "ES256"],
  ["backchannel_user_code_parameter", true, "bcUserCodeRequired", true],
  ["client_name", "Shop ü", "clientName", "Shop ü"],
  ["client_name#ja", "店", "clientNames", [{ tag: "ja", value: "店" }]],
  [
    "client_uri#ja-Hira",
    "https://shop.example/ja",
    "clientUris",
    [{ tag: "ja-Hira", value: "https://shop.example/ja" }],
  ],
  ["logo_uri", "https://shop.example/l", "logoUri", "https://shop.example/l"],
  ["policy_uri", "https://shop.example/p", "policyUri", "https://shop.example/p"],
  ["tos_uri#de", "https://shop.example/t", "tosUris", [{ tag: "de", value: "https://shop.example/t" }]],
  [
    "grant_types",
    ["authorization_code", "refresh_token", "urn:openid:params:grant-type:ciba"],
    "grantTypes",
    ["AUTHORIZATION_CODE", "REFRESH_TOKEN", "CIBA"],
  ],
  ["response_types", ["code", "none"], "responseTypes", ["CODE", "NONE"]],
  ["tier", { gold: [1] }, "customMetadata", '{"tier":{"gold":[1]}}'],
];

describe("metadata", () => {
  beforeEach(() => test.published.set("https://shop.example/s", JSON.stringify(good.redirect_uris)));

  it.each(rows)("%s: %j is held as %s: %j, and comes back", async (name, value, member, held) => {
    const metadata = { ...good, application_type: "native", ...{ [name]: value } };
    const { client, information } = await registered(test, metadata);
    expect(client[member]).toEqual(held);
    expect(information[name]).toEqual(value);
  });

  it.each(["id_token", "userinfo", "authorization"])("of %s say how it is encrypted", async (kind) => {
    const alg = `${kind}_encrypted_response_alg`;
    const enc = `${kind}_encrypted_response_enc`;
    const metadata = { [alg]: "ECDH-ES", [enc]: "A128CBC-HS256" };
    expect((await registered(test, { ...good, ...metadata })).information).toMatchObject(metadata);
  });

  it("carry a key set as an object", async () => {
    const { jwk } = await makeKeys();
    const jwks = { keys: [{ ...jwk, use: "sig", kid: "1" }], note: "kept" };
    const { client, information } = await registered(test, { ...good, jwks });
    expect(JSON.parse(client.jwks ?? "")).toEqual(jwks);
    expect(information.jwks).toEqual(jwks);
  });

  it("may be in several languages at once", async () => {
    const metadata = { client_name: "Shop", "client_name#ja": "店", "client_name#de": "Laden" };
    expect((await registered(test, { ...good, ...metadata })).information).toMatchObject(metadata);
  });

  it("with a language but no name of it are unknown", async () => {
    const { client } = await registered(test, { ...good, "client_name#": "x", client_nameja: "y" });
    expect(client).not.toHaveProperty("clientNames");
  });

  it("come back whatever their texts are", async () => {
    const text = fc.string({ unit: "binary", maxLength: 60 });
    const metadata = fc.record(
      {
        client_name: text,
        contacts: fc.array(text),
        software_id: text,
        software_version: text,
        default_acr_values: fc.array(text),
        tier: fc.jsonValue({ maxDepth: 4 }).filter((value) => value !== null),
        default_max_age: fc.nat(),
        require_auth_time: fc.boolean(),
      },
      { requiredKeys: [] },
    );
    const tag = fc.string({ unit: "binary", minLength: 1, maxLength: 8 });
    const names = fc.dictionary(
      tag.map((name) => `client_name#${name}`),
      text,
      { maxKeys: 4 },
    );
    await fc.assert(
      fc.asyncProperty(metadata, names, async (plain, localized) => {
        const sent: Metadata = JSON.parse(JSON.stringify({ ...plain, ...localized }));
        const { information } = await registered(test, { ...good, ...sent });
        expect(information).toMatchObject(sent);
      }),
      { numRuns: 80 },
    );
  }, 60_000);

  it("of any kind are registered or refused, and never break anything", async () => {
    const name = fc.oneof(
      fc.constantFrom(...new Set(rows.map(([each]) => each)), "jwks", "scope", "__proto__", "constructor"),
      fc.string({ unit: "binary" }),
    );
    const any = fc.dictionary(name, fc.jsonValue({ maxDepth: 3, stringUnit: "binary" }), { maxKeys: 5 });
    await fc.assert(
      fc.asyncProperty(any, async (change) => {
        const before = await clientCount(test);
        const answer = await register(test, { ...good, ...change });
        expect(["CREATED", "BAD_REQUEST"]).toContain(answer.action);
        expect(await clientCount(test)).toBe(before + (answer.action === "CREATED" ? 1 : 0));
      }),
      { numRuns: 150 },
    );
  }, 60_000);

  it("are refused as text of any kind", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary", minLength: 1 }), async (json) => {
        expect(await register(test, json)).toMatchObject({ action: "BAD_REQUEST" });
      }),
      { numRuns: 50 },
    );
    for (const json of ["[".repeat(100_000), `{"a":${"[".repeat(5000)}${"]".repeat(5000)}}`]) {
      expect((await register(test, json)).action).toBe("BAD_REQUEST");
    }
  });
});
