import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { accessTokenOf, type Provider, startProvider, tokensOf } from "../support/provider.ts";

let provider: Provider;
let token: string;
let grantId: string;
beforeAll(async () => {
  provider = await startProvider();
});
afterAll(() => provider.close());

const scope = "openid email grant_management_query grant_management_revoke";
beforeEach(async () => {
  const { json } = await tokensOf(provider, { scope, grant_management_action: "create" });
  token = String(json.access_token);
  grantId = String(json.grant_id);
});

const grant = (method: string, { id = grantId, access = token } = {}) =>
  provider.ask(`/oauth/grants/${id}`, { method, headers: { authorization: `Bearer ${access}` } });

describe("Grant Management §6.4 and §6.5: a grant, for its client", () => {
  it("is shown", async () => {
    const { status, json } = await grant("GET");
    expect(status).toBe(200);
    expect(JSON.stringify(json.scopes)).toContain("email");
  });

  it("is ended: 204, and its tokens with it", async () => {
    const { status, text } = await grant("DELETE");
    expect([status, text]).toEqual([204, ""]);
    expect((await grant("GET")).status).toBe(401);
  });

  it.each(["GET", "DELETE"])(
    "%s of the grant of another token is 404, and nothing happens to it",
    async (method) => {
      const { json } = await tokensOf(provider, { scope, grant_management_action: "create" });
      const { status } = await grant(method, { access: String(json.access_token) });
      expect(status).toBe(404);
      expect((await grant("GET")).status).toBe(200);
    },
  );

  it("needs its scope, and a token that is good", async () => {
    const plain = await accessTokenOf(provider, { scope: "openid" });
    expect((await grant("GET", { access: plain })).status).toBe(403);
    expect((await grant("GET", { access: "nothing" })).status).toBe(401);
    const { status, headers } = await provider.ask(`/oauth/grants/${grantId}`);
    expect(status).toBe(401);
    expect(headers.get("www-authenticate")).toContain("Bearer");
  });

  it("has no other methods", async () => {
    expect((await grant("PUT")).headers.get("allow")).toBe("GET, DELETE");
  });
});
