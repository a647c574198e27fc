import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Provider, startProvider } from "../support/provider.ts";

const APP = "https://app.example";
const listed = ["/oauth/token", "/oauth/userinfo", "/oauth/revoke", "/oauth/register", "/oauth/register/1"];
const forAll = [
  "/oauth/jwks",
  "/.well-known/openid-configuration",
  "/.well-known/oauth-authorization-server",
];
const forNone = ["/oauth/par", "/oauth/introspect", "/oauth/device", "/oauth/grants/x", "/api/1/service/get"];

let provider: Provider;
beforeAll(async () => {
  provider = await startProvider({ env: { TICKETGATE_CORS_ORIGINS: `${APP},http://localhost:8080` } });
});
afterAll(() => provider.close());

const preflight = (path: string, origin = APP) =>
  provider.ask(path, {
    method: "OPTIONS",
    headers: { origin, "access-control-request-method": "POST", "access-control-request-headers": "dpop" },
  });
const allowed = ({ headers }: { headers: Headers }) => headers.get("access-control-allow-origin");

describe("scripts of an origin that is listed", () => {
  it.each(listed)("may call %s, without cookies", async (path) => {
    const asked = await preflight(path);
    expect(asked.status).toBe(204);
    expect(allowed(asked)).toBe(APP);
    expect(asked.headers.get("access-control-allow-headers")).toContain("dpop");
    expect(asked.headers.has("access-control-allow-credentials")).toBe(false);
    const answer = await provider.ask(path, { method: "DELETE", headers: { origin: APP } });
    expect(allowed(answer)).toBe(APP);
    expect(answer.headers.get("access-control-expose-headers")).toBe(
      "dpop-nonce, retry-after, www-authenticate",
    );
    expect(answer.headers.get("vary")).toContain("origin");
  });
});

describe("scripts of an origin that is not listed", () => {
  it.each([...listed, ...forNone])("may not call %s", async (path) => {
    for (const origin of ["https://evil.example", "null", `${APP}.evil.example`, "http://app.example"]) {
      expect(allowed(await preflight(path, origin))).toBeNull();
      const answer = await provider.ask(path, { method: "POST", headers: { origin } });
      expect(allowed(answer)).toBeNull();
    }
  });
});

it.each(forNone)("no script of another origin may call %s", async (path) => {
  expect(allowed(await preflight(path))).toBeNull();
  expect(allowed(await provider.ask(path, { method: "POST", headers: { origin: APP } }))).toBeNull();
});

it.each(forAll)("every script may read %s", async (path) => {
  const answer = await provider.ask(path, { headers: { origin: "https://anybody.example" } });
  expect(answer.status).toBe(200);
  expect(allowed(answer)).toBe("*");
});

it.each([...forAll, "/.well-known/oauth-authorization-server/tenant"])(
  "every script may ask whether it may read %s (Fetch 3.2.2), and nothing but that",
  async (path) => {
    const asked = await provider.ask(path, {
      method: "OPTIONS",
      headers: {
        origin: "https://anybody.example",
        "access-control-request-method": "GET",
        "access-control-request-headers": "authorization",
      },
    });
    expect([asked.status, asked.text, allowed(asked)]).toEqual([204, "", "*"]);
    expect(asked.headers.get("access-control-allow-methods")).toBe("GET, HEAD");
    expect(asked.headers.has("access-control-allow-credentials")).toBe(false);
    const plain = await provider.ask(path, { method: "OPTIONS" });
    expect([plain.status, plain.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
  },
);

it("without a setting nobody may but read metadata and keys", async () => {
  const other = await startProvider();
  for (const path of listed) {
    const answer = await other.ask(path, { method: "POST", headers: { origin: APP } });
    expect(allowed(answer)).toBeNull();
  }
  await other.close();
});
