import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { noEndpoint } from "../../src/server/http/reply.ts";
import { accessTokenOf, type Provider, startProvider, webApp } from "../support/provider.ts";

let provider: Provider;
beforeAll(async () => {
  provider = await startProvider();
});
afterAll(() => provider.close());

const documents = [
  "/oauth/jwks",
  "/.well-known/openid-configuration",
  "/.well-known/oauth-authorization-server",
];

describe("RFC 9110 §9.3.2: HEAD", () => {
  it.each(documents)("of %s has the headers of GET and no body", async (path) => {
    const [got, head] = [await provider.ask(path), await provider.ask(path, { method: "HEAD" })];
    expect([head.status, head.text]).toEqual([200, ""]);
    for (const name of ["content-type", "cache-control", "access-control-allow-origin"]) {
      expect(head.headers.get(name)).toBe(got.headers.get(name));
    }
  });

  it("of /oauth/userinfo is what GET is, and needs a token as well", async () => {
    const authorization = `Bearer ${await accessTokenOf(provider)}`;
    const ask = (headers: Record<string, string>) =>
      provider.ask("/oauth/userinfo", { method: "HEAD", headers });
    const good = await ask({ authorization });
    expect([good.status, good.text]).toEqual([200, ""]);
    expect(good.headers.get("content-type")).toMatch(/^application\/json/);
    expect((await ask({})).status).toBe(401);
  });

  it("of /oauth/authorize begins nothing: 405, and Allow says what does", async () => {
    const query = new URLSearchParams({
      client_id: String(webApp.clientId),
      response_type: "code",
      redirect_uri: webApp.redirectUris[0],
      scope: "openid",
      code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
      code_challenge_method: "S256",
    });
    const head = await provider.ask(`/oauth/authorize?${query}`, { method: "HEAD" });
    expect([head.status, head.headers.get("allow")]).toEqual([405, "GET, POST"]);
    expect(head.headers.getSetCookie()).toEqual([]);
    expect((await provider.ask(`/oauth/authorize?${query}`)).headers.getSetCookie()).not.toEqual([]);
  });
});

describe("an address where nothing is", () => {
  it("says so in JSON, and is kept nowhere", async () => {
    for (const response of [noEndpoint(), await fetch(`${provider.origin}/oauth/register/a%2Fb`)]) {
      expect(response.status).toBe(404);
      expect(response.headers.get("content-type")).toMatch(/^application\/json/);
      expect(response.headers.get("cache-control")).toBe("no-store");
      expect(await response.json()).toEqual({
        error: "invalid_request",
        error_description: "There is no endpoint at this address.",
      });
    }
  });
});
