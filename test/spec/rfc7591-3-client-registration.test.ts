import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inLanguage } from "../../src/server/flow/authorization/client-language.ts";
import { describeClient } from "../../src/server/flow/authorization/describe-request.ts";
import { secretOf } from "../support/gate.ts";
import { type Provider, startProvider } from "../support/provider.ts";

let provider: Provider;
beforeAll(async () => {
  provider = await startProvider();
});
afterAll(() => provider.close());

const good = { redirect_uris: ["https://rp.example/callback"], client_name: "RP" };
const register = (json: unknown, headers: Record<string, string> = {}, at = provider) =>
  at.ask("/oauth/register", { json, headers });

describe("RFC 7591 §3: a client registers itself", () => {
  it("and 201 gives it an identifier, a secret, and where its registration stands", async () => {
    const { status, json, headers } = await register(good);
    expect(status).toBe(201);
    expect(json).toMatchObject({
      ...good,
      client_id: expect.stringMatching(/^\d+$/),
      client_secret: expect.any(String),
      client_secret_expires_at: 0,
      token_endpoint_auth_method: "client_secret_basic",
      grant_types: ["authorization_code"],
      response_types: ["code"],
    });
    expect(json.registration_client_uri).toBe(`${provider.origin}/oauth/register/${json.client_id}`);
    expect(headers.get("cache-control")).toBe("no-store");
  });

  it("and can use what it got: client credentials", async () => {
    const { json } = await register({ ...good, grant_types: ["client_credentials"] });
    const authorization = `Basic ${btoa(`${json.client_id}:${json.client_secret}`)}`;
    const form = { grant_type: "client_credentials" };
    const { status } = await provider.ask("/oauth/token", { form, headers: { authorization } });
    expect(status).toBe(200);
  });

  it("with the way in which it takes part in logout (OIDC Back-Channel Logout 2.2)", async () => {
    const logout = {
      post_logout_redirect_uris: ["https://rp.example/bye"],
      backchannel_logout_uri: "https://rp.example/logout",
      backchannel_logout_session_required: true,
    };
    expect((await register({ ...good, ...logout })).json).toMatchObject(logout);
  });

  it("with names and addresses by language (RFC 7591 2.2), which the authorization endpoint knows", async () => {
    const localised = {
      "client_name#ja": "店",
      "client_uri#ja": "https://rp.example/ja",
      "logo_uri#ja": "https://rp.example/ja.png",
      "policy_uri#ja": "https://rp.example/ja/policy",
      "tos_uri#ja": "https://rp.example/ja/terms",
    };
    const { status, json } = await register({ ...good, ...localised });
    expect([status, json]).toEqual([201, expect.objectContaining(localised)]);
    const [redirectUri] = good.redirect_uris;
    const parameters = new URLSearchParams({
      client_id: String(json.client_id),
      response_type: "code",
      redirect_uri: String(redirectUri),
      scope: "openid",
    });
    const answer = await provider.authlete["auth/authorization"]({ parameters: parameters.toString() });
    if (answer.action !== "INTERACTION") throw new Error(answer.action);
    const client = await provider.authlete["client/get"]({ clientId: String(json.client_id) });
    const shown = inLanguage(describeClient(answer.client ?? {}, client), "ja");
    expect(shown).toMatchObject({
      name: "店",
      home: "https://rp.example/ja",
      logo: "https://rp.example/ja.png",
      policy: "https://rp.example/ja/policy",
      terms: "https://rp.example/ja/terms",
    });
  });

  it.each([
    ["a scheme of its own to come back by", { post_logout_redirect_uris: ["com.example.app:/bye"] }],
    ["http to come back by", { post_logout_redirect_uris: ["http://rp.example/bye"] }],
    ["a front channel", { frontchannel_logout_uri: "https://rp.example/out?a=b" }],
    ["a back channel on this machine, in development", { backchannel_logout_uri: "http://127.0.0.1:1/out" }],
    ["an algorithm that discovery lists", { id_token_signed_response_alg: "ES256" }],
  ])("with %s", async (_, metadata) => {
    const { status, json } = await register({ ...good, ...metadata });
    expect([status, json]).toEqual([201, expect.objectContaining(metadata)]);
  });

  it("and as a public client has to use PKCE from then on (RFC 9700 2.1.1)", async () => {
    const { json } = await register({ ...good, token_endpoint_auth_method: "none" });
    expect(json).not.toHaveProperty("client_secret");
    const client = await provider.authlete["client/get"]({ clientId: String(json.client_id) });
    expect(client).toMatchObject({ clientType: "PUBLIC", pkceRequired: true });
    const token = { authorization: `Bearer ${json.registration_access_token}` };
    expect((await provider.ask(`/oauth/register/${json.client_id}`, { headers: token })).status).toBe(200);
  });

  it.each<readonly [string, object, string]>([
    [
      "a redirection URI with a fragment (registration-regfrag)",
      { redirect_uris: ["https://rp.example/#x"] },
      "invalid_redirect_uri",
    ],
    ["no redirection URI for a code", { redirect_uris: [] }, "invalid_redirect_uri"],
    [
      "both a key set and an address of one",
      { jwks: { keys: [] }, jwks_uri: "https://rp.example/jwks" },
      "invalid_client_metadata",
    ],
    ["an unknown grant type", { grant_types: ["x"] }, "invalid_client_metadata"],
    [
      "the implicit grant, which nobody has here",
      { grant_types: ["implicit"], response_types: ["token"] },
      "invalid_client_metadata",
    ],
    [
      "a response type that the service does not have",
      { grant_types: ["authorization_code", "implicit"], response_types: ["code id_token"] },
      "invalid_client_metadata",
    ],
    ["ID tokens without signature", { id_token_signed_response_alg: "none" }, "invalid_client_metadata"],
    [
      "an algorithm that discovery does not list",
      { id_token_signed_response_alg: "ES256K" },
      "invalid_client_metadata",
    ],
    [
      "certificates, where none arrive (RFC 8705)",
      { token_endpoint_auth_method: "tls_client_auth", tls_client_auth_subject_dn: "CN=rp" },
      "invalid_client_metadata",
    ],
    [
      "certificates of its own, where none arrive (RFC 8705)",
      {
        token_endpoint_auth_method: "self_signed_tls_client_auth",
        jwks_uri: "https://rp.example/jwks",
      },
      "invalid_client_metadata",
    ],
    ...[
      "javascript:alert(1)",
      "JavaScript:alert(1)",
      "data:text/html,x",
      "file:///etc/passwd",
      "/bye",
      "https://rp.example/#x",
      "https://u:p@rp.example/",
    ].map(
      (uri) =>
        [
          `${uri} as a way back from logout`,
          { post_logout_redirect_uris: ["https://rp.example/", uri] },
          "invalid_client_metadata",
        ] as const,
    ),
    ...["javascript:alert(1)", "com.example.app:/bye", "/bye", "https://u:p@rp.example/"].map(
      (uri) =>
        [`${uri} as front channel`, { frontchannel_logout_uri: uri }, "invalid_client_metadata"] as const,
    ),
    ...["http://rp.example/out", "https://rp.example/out#x", "ftp://rp.example/", "out"].map(
      (uri) =>
        [`${uri} as back channel`, { backchannel_logout_uri: uri }, "invalid_client_metadata"] as const,
    ),
    [
      "a text where true or false belongs",
      { backchannel_logout_session_required: "true" },
      "invalid_client_metadata",
    ],
    [
      "a text where a list belongs",
      { post_logout_redirect_uris: "https://rp.example/" },
      "invalid_client_metadata",
    ],
  ])("with %s is refused", async (_, changes, error) => {
    const { status, json } = await register({ ...good, ...changes });
    expect([status, json.error]).toEqual([400, error]);
    expect(json).not.toHaveProperty("client_id");
  });

  it.each([
    ["not JSON", "{", "invalid_client_metadata"],
    ["no object", "[]", "invalid_client_metadata"],
  ])("with %s is refused", async (_, text, error) => {
    const { status, json } = await register(text);
    expect([status, json.error]).toEqual([400, error]);
  });

  it("takes JSON and no form, and 64 KB of it", async () => {
    expect((await provider.ask("/oauth/register", { form: { a: "b" } })).status).toBe(400);
    expect((await register({ ...good, client_name: "x".repeat(70_000) })).status).toBe(413);
  });
});

describe("what a client cannot give itself", () => {
  it("is the scope that issues tokens for anybody", async () => {
    const { status, json } = await register({ ...good, scope: "openid token:issue" });
    expect([status, json.error]).toEqual([400, "invalid_client_metadata"]);
    const plain = await register({ ...good, grant_types: ["client_credentials"] });
    expect(String(plain.json.scope).split(" ")).not.toContain("token:issue");
    const authorization = `Basic ${btoa(`${plain.json.client_id}:${plain.json.client_secret}`)}`;
    const { json: issued } = await provider.ask("/oauth/token", {
      form: { grant_type: "client_credentials", scope: "token:issue email" },
      headers: { authorization },
    });
    expect(issued.scope).toBe("email");
  });

  it.each([
    "password",
    "urn:ietf:params:oauth:grant-type:jwt-bearer",
    "urn:ietf:params:oauth:grant-type:token-exchange",
  ])("is the grant type %s", async (type) => {
    const { status, json } = await register({ ...good, grant_types: ["authorization_code", type] });
    expect([status, json.error]).toEqual([400, "invalid_client_metadata"]);
  });

  it("stays out of reach of an update, too", async () => {
    const { json } = await register(good);
    const headers = { authorization: `Bearer ${json.registration_access_token}` };
    const update = { ...good, client_id: json.client_id, scope: "token:issue" };
    const path = `/oauth/register/${json.client_id}`;
    const refused = await provider.ask(path, { method: "PUT", json: update, headers });
    expect([refused.status, refused.json.error]).toEqual([400, "invalid_client_metadata"]);
  });
});

describe("RFC 7591 §3: who may register", () => {
  it("is whoever has the initial access token, where the setting says so", async () => {
    const token = secretOf("initial");
    const env = { TICKETGATE_REGISTRATION: "token", TICKETGATE_REGISTRATION_TOKEN: token };
    const other = await startProvider({ env });
    const none = await register(good, {}, other);
    expect([none.status, none.headers.get("www-authenticate")]).toEqual([
      401,
      'Bearer realm="oauth", DPoP realm="oauth"',
    ]);
    const wrong = await register(good, { authorization: `Bearer ${token}x` }, other);
    expect(wrong.status).toBe(401);
    expect(wrong.headers.get("www-authenticate")).toContain('error="invalid_token"');
    expect((await register(good, { authorization: `Bearer ${token}` }, other)).status).toBe(201);
    await other.close();
  });

  it("is nobody, where it says that", async () => {
    const other = await startProvider({ env: { TICKETGATE_REGISTRATION: "off" } });
    for (const path of ["/oauth/register", "/oauth/register/1"]) {
      const method = path.endsWith("1") ? "GET" : "POST";
      const { status, json } = await other.ask(path, {
        method,
        ...(method === "POST" && { json: good }),
        headers: { authorization: "Bearer x" },
      });
      expect([status, json.error]).toEqual([403, "access_denied"]);
    }
    await other.close();
  });
});
