import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Provider, startProvider } from "../support/provider.ts";

let provider: Provider;
beforeAll(async () => {
  provider = await startProvider();
});
afterAll(() => provider.close());

const PATHS = ["/.well-known/openid-configuration", "/.well-known/oauth-authorization-server"];

async function metadata(path = PATHS[0] ?? ""): Promise<Record<string, unknown>> {
  return (await provider.ask(path)).json;
}

describe.each(PATHS)("OpenID Connect Discovery 1.0 §4, RFC 8414 §3: %s", (path) => {
  it("answers with JSON that caches may keep", async () => {
    const { status, headers } = await provider.ask(path);
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe("application/json;charset=UTF-8");
    expect(headers.get("cache-control")).toBe("public, max-age=600");
  });

  it("names the issuer exactly as it stands in its address", async () => {
    expect((await metadata(path)).issuer).toBe(provider.origin);
  });

  it.each(["POST", "PUT", "DELETE"])("does not take %s", async (method) => {
    const { status, headers } = await provider.ask(path, { method });
    expect(status).toBe(405);
    expect(headers.get("allow")).toBe("GET, HEAD");
  });

  it("has everything that is required, under this origin", async () => {
    const document = await metadata(path);
    const endpoints = Object.entries(document).filter(([name]) => /_endpoint$|^jwks_uri$/.test(name));
    expect(endpoints.map(([name]) => name).toSorted()).toEqual([
      "authorization_endpoint",
      "backchannel_authentication_endpoint",
      "device_authorization_endpoint",
      "end_session_endpoint",
      "grant_management_endpoint",
      "introspection_endpoint",
      "jwks_uri",
      "pushed_authorization_request_endpoint",
      "registration_endpoint",
      "revocation_endpoint",
      "token_endpoint",
      "userinfo_endpoint",
    ]);
    for (const [, address] of endpoints) expect(address).toMatch(new RegExp(`^${provider.origin}/oauth/`));
    expect(document.response_types_supported).toEqual(["code"]);
    expect(document.subject_types_supported).toEqual(["public", "pairwise"]);
    expect(document.id_token_signing_alg_values_supported).toContain("RS256");
  });

  it("offers S256 alone, and the issuer in every response (RFC 9207, RFC 9700 2.1.1)", async () => {
    expect(await metadata(path)).toMatchObject({
      code_challenge_methods_supported: ["S256"],
      authorization_response_iss_parameter_supported: true,
    });
  });
});

describe("Config OP: discovery-endpoint-verification", () => {
  it("the scopes include openid and those of every standard claim", async () => {
    const { scopes_supported: scopes } = await metadata();
    expect(scopes).toEqual(
      expect.arrayContaining(["openid", "profile", "email", "address", "phone", "offline_access"]),
    );
  });

  it("the flags for claims, request and request_uri say what is done", async () => {
    expect(await metadata()).toMatchObject({
      claims_parameter_supported: true,
      request_parameter_supported: true,
      request_uri_parameter_supported: true,
      require_request_uri_registration: true,
      backchannel_logout_supported: true,
      frontchannel_logout_supported: true,
      ui_locales_supported: ["en", "ja"],
    });
  });

  it("the keys can be fetched, have names of their own, and nothing private", async () => {
    const { jwks_uri: uri } = await metadata();
    const response = await fetch(String(uri));
    const { keys } = (await response.json()) as { keys: Record<string, unknown>[] };
    expect(new Set(keys.map(({ kid }) => kid)).size).toBe(keys.length);
    expect(keys.map(({ alg }) => alg)).toContain("RS256");
    for (const key of keys) expect(Object.keys(key)).not.toEqual(expect.arrayContaining(["d"]));
  });

  it("no method of authentication is offered that never gets through: certificates need a proxy", async () => {
    const document = await metadata();
    for (const name of ["token", "revocation", "introspection"]) {
      const methods = document[`${name}_endpoint_auth_methods_supported`];
      expect(methods).toEqual(expect.arrayContaining(["private_key_jwt"]));
      expect(methods).not.toEqual(expect.arrayContaining(["tls_client_auth"]));
    }
    expect(document.introspection_endpoint_auth_methods_supported).not.toContain("none");
  });

  it("with a proxy that hands certificates over they are", async () => {
    const other = await startProvider({ env: { TICKETGATE_CERTIFICATE_HEADER: "client-cert" } });
    const { json } = await other.ask(PATHS[0] ?? "");
    expect(json.token_endpoint_auth_methods_supported).toContain("tls_client_auth");
    await other.close();
  });

  it("the password grant is offered where a client may use it, and nowhere else", async () => {
    const other = await startProvider({ env: { TICKETGATE_PASSWORD_GRANT_CLIENTS: "7001" } });
    expect((await other.ask(PATHS[0] ?? "")).json.grant_types_supported).toContain("password");
    await other.close();
    const types = (await metadata()).grant_types_supported;
    expect(types).toContain("authorization_code");
    expect(types).not.toContain("password");
  });

  it("prompt=create is offered where people can make accounts, and nowhere else (Prompt Create 1.0 §5)", async () => {
    expect((await metadata()).prompt_values_supported).toContain("create");
    const other = await startProvider({ env: { TICKETGATE_ACCOUNT_REGISTRATION: "off" } });
    const { json } = await other.ask(PATHS[0] ?? "");
    expect(json.prompt_values_supported).toEqual(["none", "login", "consent", "select_account"]);
    await other.close();
  });

  it("no endpoint is named for registrations that nobody can make", async () => {
    const other = await startProvider({ env: { TICKETGATE_REGISTRATION: "off" } });
    expect((await other.ask(PATHS[0] ?? "")).json).not.toHaveProperty("registration_endpoint");
    await other.close();
  });
});

describe("RFC 8414 §3.1: an issuer with a path", () => {
  it("has its document behind the well-known name, and no other path has one", async () => {
    const other = await startProvider();
    await other.setService({ issuer: `${other.origin}/tenant/1` });
    const { status, json } = await other.ask("/.well-known/oauth-authorization-server/tenant/1");
    expect(status).toBe(200);
    expect(json.issuer).toBe(`${other.origin}/tenant/1`);
    expect((await other.ask("/.well-known/oauth-authorization-server/tenant/2")).status).toBe(404);
    await other.close();
  });

  it("for an issuer without a path there is none", async () => {
    expect((await provider.ask("/.well-known/oauth-authorization-server/x")).status).toBe(404);
  });
});
