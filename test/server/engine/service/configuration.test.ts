import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { grantTypeSchema } from "../../../../src/server/authlete/enumerations.ts";
import type { Service } from "../../../../src/server/authlete/service.ts";
import { basic, clients, form, ISSUER, openTestEngine, type TestEngine } from "../../../support/engine.ts";

const ASYMMETRIC = [
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
  "ES256K",
  "EdDSA",
];
const HMAC = ["HS256", "HS384", "HS512"];
const FAPI = ["PS256", "ES256", "EdDSA"];
const ALL_METHODS = [
  "none",
  "client_secret_basic",
  "client_secret_post",
  "client_secret_jwt",
  "private_key_jwt",
  "tls_client_auth",
  "self_signed_tls_client_auth",
];
const STRONG = ["private_key_jwt", "tls_client_auth", "self_signed_tls_client_auth"];

let test: TestEngine;
let before: Service;
beforeEach(async () => {
  test = await openTestEngine();
  before = await test.engine["service/get"]({});
});
afterEach(() => test.close());

const read = (request = {}) => test.engine["service/configuration"](request);

/** The document of a service that has these settings and no others. */
async function documentOf(settings: Service) {
  await test.engine["service/update"](settings);
  return read();
}

/** The document where only these settings are changed. */
const changed = (settings: Service) => documentOf({ ...before, ...settings });

describe("the discovery document", () => {
  it("of the seeded service says what it can do", async () => {
    expect(await read()).toMatchObject({
      issuer: ISSUER,
      token_endpoint: `${ISSUER}/oauth/token`,
      introspection_endpoint: `${ISSUER}/oauth/introspect`,
      revocation_endpoint: `${ISSUER}/oauth/revoke`,
      jwks_uri: `${ISSUER}/oauth/jwks`,
      scopes_supported: ["openid", "profile", "email", "offline_access", "token:issue"],
      response_types_supported: ["code"],
      code_challenge_methods_supported: ["S256"],
      token_endpoint_auth_methods_supported: ALL_METHODS,
      id_token_signing_alg_values_supported: [...HMAC, "RS256", "PS256", "ES256", "EdDSA"],
    });
  });

  it("of a service without settings says what the engine does", async () => {
    expect(await documentOf({})).toEqual({
      response_types_supported: ["code"],
      response_modes_supported: [
        "query",
        "fragment",
        "form_post",
        "jwt",
        "query.jwt",
        "fragment.jwt",
        "form_post.jwt",
      ],
      code_challenge_methods_supported: ["plain", "S256"],
      prompt_values_supported: ["none", "login", "consent", "select_account"],
      claims_parameter_supported: true,
      authorization_response_iss_parameter_supported: true,
      request_parameter_supported: true,
      request_uri_parameter_supported: true,
      require_request_uri_registration: true,
      require_signed_request_object: false,
      require_pushed_authorization_requests: false,
      request_object_signing_alg_values_supported: [...HMAC, ...ASYMMETRIC],
      request_object_encryption_alg_values_supported: expect.arrayContaining(["RSA-OAEP-256", "ECDH-ES"]),
      request_object_encryption_enc_values_supported: expect.arrayContaining(["A256GCM"]),
      authorization_signing_alg_values_supported: HMAC,
      authorization_encryption_alg_values_supported: expect.any(Array),
      authorization_encryption_enc_values_supported: expect.any(Array),
      grant_types_supported: expect.arrayContaining(["authorization_code", "refresh_token"]),
      subject_types_supported: ["public", "pairwise"],
      id_token_signing_alg_values_supported: HMAC,
      id_token_encryption_alg_values_supported: expect.any(Array),
      id_token_encryption_enc_values_supported: expect.any(Array),
      userinfo_signing_alg_values_supported: ["none", ...HMAC],
      userinfo_encryption_alg_values_supported: expect.any(Array),
      userinfo_encryption_enc_values_supported: expect.any(Array),
      introspection_signing_alg_values_supported: ["none", ...HMAC],
      introspection_encryption_alg_values_supported: expect.any(Array),
      introspection_encryption_enc_values_supported: expect.any(Array),
      dpop_signing_alg_values_supported: ASYMMETRIC,
      tls_client_certificate_bound_access_tokens: false,
      native_sso_supported: false,
      token_endpoint_auth_methods_supported: ALL_METHODS,
      token_endpoint_auth_signing_alg_values_supported: [...HMAC, ...ASYMMETRIC],
      revocation_endpoint_auth_methods_supported: ALL_METHODS,
      revocation_endpoint_auth_signing_alg_values_supported: [...HMAC, ...ASYMMETRIC],
      introspection_endpoint_auth_methods_supported: ALL_METHODS,
      introspection_endpoint_auth_signing_alg_values_supported: [...HMAC, ...ASYMMETRIC],
    });
  });

  it("has nothing about CIBA where there is no endpoint of it", async () => {
    const settings: Service = { backchannelUserCodeParameterSupported: true };
    const names = (document: object) =>
      Object.keys(document).filter((name) => name.startsWith("backchannel"));
    expect(names(await documentOf(settings))).toEqual([]);
    const backchannelAuthenticationEndpoint = "https://as.example/ciba";
    expect(await documentOf({ ...settings, backchannelAuthenticationEndpoint })).toMatchObject({
      backchannel_authentication_endpoint: backchannelAuthenticationEndpoint,
      backchannel_token_delivery_modes_supported: ["poll", "ping", "push"],
      backchannel_authentication_request_signing_alg_values_supported: ASYMMETRIC,
      backchannel_user_code_parameter_supported: true,
    });
  });

  it.each([
    ["authorizationEndpoint", "authorization_endpoint"],
    ["tokenEndpoint", "token_endpoint"],
    ["userInfoEndpoint", "userinfo_endpoint"],
    ["jwksUri", "jwks_uri"],
    ["signedJwksUri", "signed_jwks_uri"],
    ["registrationEndpoint", "registration_endpoint"],
    ["revocationEndpoint", "revocation_endpoint"],
    ["introspectionEndpoint", "introspection_endpoint"],
    ["pushedAuthReqEndpoint", "pushed_authorization_request_endpoint"],
    ["deviceAuthorizationEndpoint", "device_authorization_endpoint"],
    ["backchannelAuthenticationEndpoint", "backchannel_authentication_endpoint"],
    ["grantManagementEndpoint", "grant_management_endpoint"],
    ["endSessionEndpoint", "end_session_endpoint"],
    ["serviceDocumentation", "service_documentation"],
    ["policyUri", "op_policy_uri"],
    ["tosUri", "op_tos_uri"],
  ])("has %s as %s", async (member, name) => {
    const uri = "https://elsewhere.example/x";
    expect(await documentOf({ [member]: uri })).toHaveProperty(name, uri);
    expect(await documentOf({})).not.toHaveProperty(name);
  });

  it.each<[Service, object]>([
    [
      { supportedResponseTypes: ["CODE", "CODE_ID_TOKEN"] },
      { response_types_supported: ["code", "code id_token"] },
    ],
    [{ supportedAcrs: ["1", "2"] }, { acr_values_supported: ["1", "2"] }],
    [{ supportedDisplays: ["PAGE", "POPUP"] }, { display_values_supported: ["page", "popup"] }],
    [{ supportedPromptValues: ["LOGIN", "CREATE"] }, { prompt_values_supported: ["login", "create"] }],
    [{ supportedUiLocales: ["ja", "en"] }, { ui_locales_supported: ["ja", "en"] }],
    [{ supportedClaimLocales: ["ja"] }, { claims_locales_supported: ["ja"] }],
    [{ supportedClaims: ["sub", "name"] }, { claims_supported: ["sub", "name"] }],
    [{ supportedClaimTypes: ["NORMAL"] }, { claim_types_supported: ["normal"] }],
    [{ supportedScopes: [{ name: "a" }, { name: "b" }] }, { scopes_supported: ["a", "b"] }],
    [
      { supportedAuthorizationDetailsTypes: ["payment"] },
      { authorization_details_types_supported: ["payment"] },
    ],
    [{ supportedGrantTypes: ["CIBA"] }, { grant_types_supported: ["urn:openid:params:grant-type:ciba"] }],
    [{ issSuppressed: true }, { authorization_response_iss_parameter_supported: false }],
    [{ pkceS256Required: true }, { code_challenge_methods_supported: ["S256"] }],
    [{ pkceS256Required: false }, { code_challenge_methods_supported: ["plain", "S256"] }],
    [{ parRequired: true }, { require_pushed_authorization_requests: true }],
    [{ requestObjectRequired: true }, { require_signed_request_object: true }],
    [
      { traditionalRequestObjectProcessingApplied: true },
      { request_object_signing_alg_values_supported: ["none", ...HMAC, ...ASYMMETRIC] },
    ],
    [{ tlsClientCertificateBoundAccessTokens: true }, { tls_client_certificate_bound_access_tokens: true }],
    [{ nativeSsoSupported: true }, { native_sso_supported: true }],
    [
      { supportedTokenAuthMethods: ["CLIENT_SECRET_JWT", "NONE"] },
      {
        token_endpoint_auth_methods_supported: ["none", "client_secret_jwt"],
        token_endpoint_auth_signing_alg_values_supported: HMAC,
        revocation_endpoint_auth_methods_supported: ALL_METHODS,
      },
    ],
    [
      { supportedRevocationAuthMethods: ["PRIVATE_KEY_JWT"] },
      {
        revocation_endpoint_auth_methods_supported: ["private_key_jwt"],
        revocation_endpoint_auth_signing_alg_values_supported: ASYMMETRIC,
        token_endpoint_auth_methods_supported: ALL_METHODS,
      },
    ],
    [
      { supportedIntrospectionAuthMethods: ["TLS_CLIENT_AUTH"] },
      { introspection_endpoint_auth_methods_supported: ["tls_client_auth"] },
    ],
    [
      {
        supportedBackchannelTokenDeliveryModes: ["POLL"],
        backchannelAuthenticationEndpoint: "https://as.example/ciba",
      },
      {
        backchannel_token_delivery_modes_supported: ["poll"],
        backchannel_user_code_parameter_supported: false,
      },
    ],
    [
      { mtlsEndpointAliases: [{ name: "token_endpoint", uri: "https://mtls.example/t" }, { name: "x" }] },
      { mtls_endpoint_aliases: { token_endpoint: "https://mtls.example/t" } },
    ],
    [
      { grantManagementEndpoint: "https://as.example/gm", grantManagementActionRequired: true },
      {
        grant_management_actions_supported: ["create", "query", "replace", "revoke", "merge"],
        grant_management_action_required: true,
      },
    ],
    [{ fapiModes: ["FAPI2_SECURITY"] }, { require_pushed_authorization_requests: true }],
    [{ fapiModes: ["FAPI2_SECURITY"] }, { code_challenge_methods_supported: ["S256"] }],
    [{ fapiModes: ["FAPI2_SECURITY"] }, { dpop_signing_alg_values_supported: FAPI }],
    [
      { fapiModes: ["FAPI2_SECURITY"] },
      {
        token_endpoint_auth_methods_supported: STRONG,
        token_endpoint_auth_signing_alg_values_supported: FAPI,
      },
    ],
    [{ fapiModes: ["FAPI2_MESSAGE_SIGNING_AUTH_REQ"] }, { require_signed_request_object: true }],
    [{ fapiModes: ["FAPI1_ADVANCED"] }, { require_signed_request_object: true }],
    [{ fapiModes: ["FAPI1_ADVANCED"] }, { request_object_signing_alg_values_supported: FAPI }],
    [
      { fapiModes: ["FAPI1_BASELINE"] },
      {
        require_signed_request_object: false,
        require_pushed_authorization_requests: false,
        token_endpoint_auth_methods_supported: ["none", "client_secret_jwt", ...STRONG],
        request_object_signing_alg_values_supported: [...HMAC, ...ASYMMETRIC],
      },
    ],
  ])("of %j says %j", async (settings, members) => {
    expect(await documentOf(settings)).toMatchObject(members);
  });

  it("has no algorithms for assertions where there are no assertions (RFC 8414 2)", async () => {
    const document = await documentOf({ supportedIntrospectionAuthMethods: ["CLIENT_SECRET_BASIC"] });
    expect(document).not.toHaveProperty("introspection_endpoint_auth_signing_alg_values_supported");
    expect(document).toHaveProperty("token_endpoint_auth_signing_alg_values_supported");
  });

  it("has nothing about grants where there is no grant management", async () => {
    const document = await documentOf({ grantManagementActionRequired: true });
    expect(Object.keys(document).filter((name) => name.startsWith("grant_management"))).toEqual([]);
  });

  it("leaves out lists that are empty", async () => {
    const document = await documentOf({ supportedAcrs: [], supportedScopes: [], mtlsEndpointAliases: [] });
    for (const name of ["acr_values_supported", "scopes_supported", "mtls_endpoint_aliases"])
      expect(document).not.toHaveProperty(name);
  });

  it("never says that unsigned request objects do, where a mode of FAPI forbids them", async () => {
    const fapiModes: Service["fapiModes"] = ["FAPI1_BASELINE"];
    const document = await documentOf({ traditionalRequestObjectProcessingApplied: true, fapiModes });
    expect(document.request_object_signing_alg_values_supported).not.toContain("none");
  });

  it("has the signature algorithms that there are keys for", async () => {
    const { keys } = JSON.parse(before.jwks as string) as { keys: { alg: string }[] };
    const only = (...algs: string[]) => keys.filter(({ alg }) => algs.includes(alg));
    const publicOnly = only("EdDSA").map(({ d: _, ...key }: Record<string, unknown>) => key);
    const forEncryption = only("PS256").map((key) => ({ ...key, use: "enc", alg: "RSA-OAEP" }));
    const jwks = JSON.stringify({ keys: [...only("ES256"), ...publicOnly, ...forEncryption] });
    expect(await documentOf({ jwks })).toMatchObject({
      id_token_signing_alg_values_supported: [...HMAC, "ES256"],
      userinfo_signing_alg_values_supported: ["none", ...HMAC, "ES256"],
      introspection_signing_alg_values_supported: ["none", ...HMAC, "ES256"],
      authorization_signing_alg_values_supported: [...HMAC, "ES256"],
    });
  });
});

describe("what the discovery document says holds", () => {
  const tokenRequest = (parameters: Record<string, string>) =>
    test.engine["auth/token"]({ parameters: form(parameters), ...basic(clients.firstParty) });

  it.each([
    "authorization_code",
    "implicit",
    "password",
    "client_credentials",
    "refresh_token",
    "urn:openid:params:grant-type:ciba",
    "urn:ietf:params:oauth:grant-type:device_code",
    "urn:ietf:params:oauth:grant-type:token-exchange",
    "urn:ietf:params:oauth:grant-type:jwt-bearer",
    "urn:ietf:params:oauth:grant-type:pre-authorized_code",
  ])("of the grant type %s", async (grantType) => {
    await test.setClient(clients.firstParty.id, { grantTypes: [...grantTypeSchema.options] });
    const settings: Service[] = [{}, { supportedGrantTypes: ["PASSWORD", "CIBA", "DEVICE_CODE"] }];
    for (const each of settings) {
      const document = await changed({ supportedGrantTypes: undefined, ...each });
      const answer = await tokenRequest({ grant_type: grantType, scope: "profile" });
      const content = (answer as { responseContent?: string }).responseContent ?? "";
      const isRefused = content.includes("unsupported_grant_type");
      // The implicit grant has nothing to do with the token endpoint.
      const isOffered = [document.grant_types_supported].flat().includes(grantType);
      expect(isRefused).toBe(grantType === "implicit" || !isOffered);
    }
  });

  it.each(["CLIENT_SECRET_BASIC", "CLIENT_SECRET_POST", "PRIVATE_KEY_JWT"] as const)(
    "of clients that authenticate with %s",
    async (method) => {
      const document = await changed({ supportedTokenAuthMethods: [method] });
      const answer = await tokenRequest({ grant_type: "password", username: "alice", password: "x" });
      const isOffered = [document.token_endpoint_auth_methods_supported]
        .flat()
        .includes("client_secret_basic");
      expect(answer.action === "INVALID_CLIENT").toBe(!isOffered);
    },
  );
});
