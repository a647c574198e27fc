import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accessTokenOf, basicOf, type Provider, startProvider, webApp } from "../support/provider.ts";

const JWT = "application/token-introspection+jwt";

let provider: Provider;
beforeAll(async () => {
  provider = await startProvider();
});
afterAll(() => provider.close());

const introspect = (token: string, accept: string, headers: Record<string, string> = basicOf(webApp)) =>
  provider.ask("/oauth/introspect", { form: { token }, headers: { ...headers, accept } });

async function verified(jwt: string, audience = String(webApp.clientId)) {
  const keys = JSON.parse((await provider.ask("/oauth/jwks")).text) as JSONWebKeySet;
  return jwtVerify(jwt, createLocalJWKSet(keys), {
    issuer: provider.origin,
    audience,
    typ: "token-introspection+jwt",
  });
}

describe("RFC 9701 §4 and §5: an introspection answer as a JWT", () => {
  it("comes where it is asked for, signed with RS256, for the client that asks", async () => {
    const { status, headers, text } = await introspect(await accessTokenOf(provider), JWT);
    expect([status, headers.get("content-type")]).toEqual([200, JWT]);
    expect(headers.get("cache-control")).toBe("no-store");
    const { payload, protectedHeader } = await verified(text);
    expect(protectedHeader.alg).toBe("RS256");
    expect(payload).not.toHaveProperty("sub");
    expect(payload.token_introspection).toMatchObject({ active: true, sub: provider.subject });
  });

  it.each(["application/json", "*/*", `${JWT};q=0.1, application/json`])(
    "is JSON for Accept: %s",
    async (accept) => {
      const { headers, json } = await introspect(await accessTokenOf(provider), accept);
      expect(headers.get("content-type")).toBe("application/json;charset=UTF-8");
      expect(json.active).toBe(true);
    },
  );

  it("says of no token more than that it is not active", async () => {
    const { status, text } = await introspect("nothing", JWT);
    expect(status).toBe(200);
    expect((await verified(text)).payload.token_introspection).toEqual({ active: false });
  });

  it("is for nobody who is not authenticated", async () => {
    const { status, json } = await introspect(await accessTokenOf(provider), JWT, {});
    expect([status, json.error]).toEqual([401, "invalid_client"]);
  });
});

describe("RFC 7662 §4: a client that registered itself", () => {
  async function registered() {
    const metadata = { redirect_uris: ["https://rp.example/callback"], grant_types: ["client_credentials"] };
    const { json } = await provider.ask("/oauth/register", { json: { ...metadata, scope: "email" } });
    const id = String(json.client_id);
    const credentials = { authorization: `Basic ${btoa(`${id}:${json.client_secret}`)}` };
    const form = { grant_type: "client_credentials", scope: "email" };
    const { json: issued } = await provider.ask("/oauth/token", { form, headers: credentials });
    return { id, credentials, token: String(issued.access_token) };
  }

  it("is told of its own tokens", async () => {
    const { id, credentials, token } = await registered();
    const { json } = await introspect(token, "application/json", credentials);
    expect(json).toMatchObject({ active: true, client_id: id });
    const { text } = await introspect(token, JWT, credentials);
    expect((await verified(text, id)).payload.token_introspection).toMatchObject({ active: true });
  });

  it("is told nothing of the tokens of others, in JSON and in a JWT", async () => {
    const { id, credentials } = await registered();
    for (const token of [await accessTokenOf(provider), (await registered()).token]) {
      expect((await introspect(token, "application/json", credentials)).text).toBe('{"active":false}');
      const { text } = await introspect(token, JWT, credentials);
      expect((await verified(text, id)).payload.token_introspection).toEqual({ active: false });
    }
  });

  it("has its tokens told to clients of the operator: they are resource servers", async () => {
    const { token } = await registered();
    expect((await introspect(token, "application/json")).json.active).toBe(true);
  });
});
