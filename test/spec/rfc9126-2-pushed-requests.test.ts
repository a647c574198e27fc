import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dpopProof } from "../support/dpop-proof.ts";
import { makeKeys } from "../support/jwt.ts";
import { basicOf, type Provider, startProvider, webApp } from "../support/provider.ts";

let provider: Provider;
beforeAll(async () => {
  provider = await startProvider();
});
afterAll(() => provider.close());

const good = {
  client_id: String(webApp.clientId),
  response_type: "code",
  redirect_uri: webApp.redirectUris[0],
  scope: "openid",
  code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
  code_challenge_method: "S256",
};

const push = (form: Record<string, string> = good, headers: Record<string, string> = basicOf(webApp)) =>
  provider.ask("/oauth/par", { headers, form });

describe("RFC 9126 §2: a pushed authorization request", () => {
  it("is kept, and 201 gives a request_uri for it that nobody can guess", async () => {
    const { status, json, headers } = await push();
    expect(status).toBe(201);
    expect(json).toEqual({
      request_uri: expect.stringMatching(/^urn:ietf:params:oauth:request_uri:[\w-]{43}$/),
      expires_in: 300,
    });
    expect(headers.get("cache-control")).toBe("no-store");
  });

  it("leads to the interaction that it describes", async () => {
    const { json } = await push();
    const parameters = new URLSearchParams({
      client_id: good.client_id,
      request_uri: String(json.request_uri),
    });
    const begun = await provider.authlete["auth/authorization"]({ parameters: parameters.toString() });
    expect(begun.action).toBe("INTERACTION");
  });

  it.each([
    ["a request_uri in it (§2.1)", { ...good, request_uri: "urn:x" }, "invalid_request"],
    [
      "no redirect_uri that is registered",
      { ...good, redirect_uri: "https://evil.example/" },
      "invalid_request",
    ],
    ["a plain challenge", { ...good, code_challenge_method: "plain" }, "invalid_request"],
    ["a response type that is not offered", { ...good, response_type: "token" }, "unsupported_response_type"],
  ])("with %s is refused", async (_, form, error) => {
    const { status, json } = await push(form);
    expect(status).toBe(400);
    expect(json.error).toBe(error);
    expect(json).not.toHaveProperty("request_uri");
  });

  it("of a client that does not authenticate is 401 invalid_client", async () => {
    for (const secret of ["wrong-secret".repeat(3), ""]) {
      const headers = basicOf({ clientId: webApp.clientId, clientSecret: secret });
      const { status, json, headers: answered } = await push(good, headers);
      expect([status, json.error]).toEqual([401, "invalid_client"]);
      expect(answered.get("www-authenticate")).toContain("Basic");
    }
  });

  it.each(["GET", "PUT", "DELETE"])("does not come with %s", async (method) => {
    expect((await provider.ask("/oauth/par", { method })).status).toBe(405);
  });

  it("is not called by scripts of other origins", async () => {
    const { headers } = await push(good, { ...basicOf(webApp), origin: "https://app.example" });
    expect(headers.has("access-control-allow-origin")).toBe(false);
  });
});

describe("RFC 9449 §10.1: a DPoP proof with a pushed request", () => {
  it("is checked against the address that everybody knows, and the nonce comes back", async () => {
    await provider.setService({ dpopNonceRequired: true });
    const keys = await makeKeys();
    const proof = (nonce?: string) =>
      dpopProof(keys, {
        claims: { htu: `${provider.origin}/oauth/par` },
        now: Date.now(),
        ...(nonce === undefined ? {} : { nonce }),
      });
    const first = await push(good, { ...basicOf(webApp), dpop: await proof() });
    expect([first.status, first.json.error]).toEqual([400, "use_dpop_nonce"]);
    const nonce = first.headers.get("dpop-nonce") ?? "";
    const second = await push(good, { ...basicOf(webApp), dpop: await proof(nonce) });
    expect(second.status).toBe(201);
    expect(second.headers.has("dpop-nonce")).toBe(true);
    const other = await dpopProof(keys, {
      claims: { htu: "https://other.example/oauth/par" },
      nonce,
      now: Date.now(),
    });
    expect((await push(good, { ...basicOf(webApp), dpop: other })).status).toBe(400);
    await provider.setService({ dpopNonceRequired: false });
  });
});
